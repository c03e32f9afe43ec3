/** The keyboard: g and a letter goes to a page, single keys move time. Silent while someone types. */

import { serverNow } from './api';
import { live, setPaused } from './live.svelte';
import { PAGES, pageAt } from './pages';
import { last, shift, span, zoom } from './range';
import { href, navigate, router, setRange } from './router.svelte';
import { toggleTheme } from './theme.svelte';

const CHORD_MILLIS = 1200;

export function backToNow(): void {
  if (router.range.kind === 'fixed') setRange(last(span(router.range)));
  setPaused(false);
}

export function toggleLive(): void {
  if (router.range.kind === 'fixed') backToNow();
  else setPaused(!live.paused);
}

export function keys(show: { help: () => void; palette: () => void }): () => void {
  let chordUntil = 0;

  const time: Record<string, () => void> = {
    '[': () => setRange(shift(router.range, -0.5, serverNow())),
    ']': () => setRange(shift(router.range, 0.5, serverNow())),
    '-': () => setRange(zoom(router.range, 2, serverNow())),
    '=': () => setRange(zoom(router.range, 0.5, serverNow())),
    '+': () => setRange(zoom(router.range, 0.5, serverNow())),
    n: backToNow,
    l: toggleLive,
  };
  const other: Record<string, () => void> = {
    '?': show.help,
    '/': show.palette,
    t: toggleTheme,
    f: () => document.getElementById('chart-filter')?.focus(),
  };

  const onKey = (event: KeyboardEvent): void => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      if (!document.querySelector('dialog[open]')) show.palette();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
    const target = event.target as HTMLElement;
    if (target.matches?.('input, select, textarea, [contenteditable]')) return;
    const now = performance.now();
    const page = now < chordUntil ? PAGES.find(({ key }) => key === event.key) : undefined;
    if (page) {
      chordUntil = 0;
      event.preventDefault();
      navigate(href(page.path));
      return;
    }
    chordUntil = event.key === 'g' ? now + CHORD_MILLIS : 0;
    const act = other[event.key] ?? (pageAt(router.path)?.timed ? time[event.key] : undefined);
    if (act) {
      event.preventDefault();
      act();
    }
  };

  document.addEventListener('keydown', onKey);
  return () => document.removeEventListener('keydown', onKey);
}
