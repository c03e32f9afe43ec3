/** Light or dark: as the system says unless the person chose. The choice stays in this browser. */

export type Choice = 'system' | 'light' | 'dark';

const KEY = 'hearthwatch-theme';
const media = matchMedia('(prefers-color-scheme: dark)');

function stored(): Choice {
  try {
    const value = localStorage.getItem(KEY);
    return value === 'light' || value === 'dark' ? value : 'system';
  } catch {
    return 'system';
  }
}

let choice = $state<Choice>(stored());
let systemDark = $state(media.matches);
const dark = $derived(choice === 'system' ? systemDark : choice === 'dark');

media.addEventListener('change', (event) => {
  systemDark = event.matches;
});

export const theme = {
  get choice(): Choice {
    return choice;
  },
  get dark(): boolean {
    return dark;
  },
};

export function chooseTheme(next: Choice): void {
  choice = next;
  try {
    if (next === 'system') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, next);
  } catch {
    // A browser that keeps nothing still shows the choice until the page is left.
  }
}

export function toggleTheme(): void {
  chooseTheme(dark ? 'light' : 'dark');
}

/** A colour of the theme, for what is drawn on canvas. */
export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
