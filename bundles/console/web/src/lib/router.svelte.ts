/** Where we are: path and parameters, both in the address, so that a link can be sent and the back button works. */

import { last, readRange, writeRange, type Range } from './range';

interface Place {
  path: string;
  search: string;
  hash: string;
}

function here(): Place {
  return { path: location.pathname, search: location.search, hash: location.hash };
}

let place = $state.raw<Place>(here());
let unasked = $state.raw<Range>(last(3600));
const range = $derived(readRange(new URLSearchParams(place.search), unasked));
/** The queries of the addresses that were zoomed away from. */
const zoomed: string[] = [];

export const router = {
  get path(): string {
    return place.path;
  },
  get hash(): string {
    return place.hash;
  },
  get search(): string {
    return place.search;
  },
  get range(): Range {
    return range;
  },
};

export function navigate(to: string, options: { replace?: boolean } = {}): void {
  const from = place.path;
  if (options.replace) history.replaceState(null, '', to);
  else history.pushState(null, '', to);
  place = here();
  if (place.path !== from) {
    zoomed.length = 0;
    if (place.hash === '') scrollTo(0, 0);
  }
}

/** The address of a page, keeping the time range of this one. */
export function href(path: string): string {
  const here = new URLSearchParams(place.search);
  const kept = ['range', 'from', 'to'].flatMap((name) => here.getAll(name).map((value) => [name, value]));
  const query = new URLSearchParams(kept).toString();
  const [plain, hash] = path.split('#', 2);
  return `${plain}${query === '' ? '' : `?${query}`}${hash === undefined ? '' : `#${hash}`}`;
}

/** What is shown where the address names no range. */
export function setUnaskedRange(next: Range): void {
  if (JSON.stringify(next) !== JSON.stringify(unasked)) unasked = next;
}

export function setRange(next: Range): void {
  const parameters = new URLSearchParams(place.search);
  writeRange(next, parameters);
  const query = parameters.toString();
  navigate(`${place.path}${query === '' ? '' : `?${query}`}`);
}

/** Narrows to a window that was dragged in a chart; {@link zoomBack} returns from it. */
export function zoomTo(next: Range): void {
  zoomed.push(place.search);
  setRange(next);
}

/** Returns to the range before the last zoom; false when there was none. */
export function zoomBack(): boolean {
  const before = zoomed.pop();
  if (before === undefined) return false;
  navigate(`${place.path}${before}`);
  return true;
}

/** Links inside the console change the page without loading it anew. */
export function followLinks(): () => void {
  const onClick = (event: MouseEvent): void => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element | null)?.closest?.('a');
    if (!link || link.target !== '' || link.origin !== location.origin || link.hasAttribute('download')) return;
    if (link.getAttribute('href')?.startsWith('#')) return;
    event.preventDefault();
    navigate(link.pathname + link.search + link.hash);
  };
  const onPop = (): void => {
    place = here();
  };
  document.addEventListener('click', onClick);
  addEventListener('popstate', onPop);
  return () => {
    document.removeEventListener('click', onClick);
    removeEventListener('popstate', onPop);
  };
}
