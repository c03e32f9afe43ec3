/** Small behaviours for elements. */

import type { Attachment } from 'svelte/attachments';

/** Reports the width whenever it changes; by observer, since Svelte's own binding needs inline styles. */
export function width(report: (pixels: number) => void): Attachment<HTMLElement> {
  return (element) => {
    const observer = new ResizeObserver(([entry]) => {
      if (entry) report(Math.floor(entry.contentRect.width));
    });
    observer.observe(element);
    report(Math.floor(element.getBoundingClientRect().width));
    return () => observer.disconnect();
  };
}

/** Reports whether the element is on the screen or almost. */
export function visible(report: (onScreen: boolean) => void): Attachment<HTMLElement> {
  return (element) => {
    const observer = new IntersectionObserver((entries) => report(entries.some((entry) => entry.isIntersecting)), {
      rootMargin: '160px 0px',
    });
    observer.observe(element);
    return () => observer.disconnect();
  };
}

/** Calls back on a press outside the element. */
export function outside(report: () => void): Attachment<HTMLElement> {
  return (element) => {
    const onPress = (event: PointerEvent): void => {
      if (!element.contains(event.target as Node)) report();
    };
    document.addEventListener('pointerdown', onPress, true);
    return () => document.removeEventListener('pointerdown', onPress, true);
  };
}
