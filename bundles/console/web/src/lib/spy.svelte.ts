/** Which of a page's sections is being read. */

export interface Spy {
  readonly current: string | undefined;
}

/** The last section whose top has passed under the page's head. Call while a component is made. */
export function spy(ids: () => readonly string[]): Spy {
  const HEAD = 180;
  let current = $state<string | undefined>();
  $effect(() => {
    const all = ids();
    let asked = false;
    const look = (): void => {
      asked = false;
      const atEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 4;
      const passed = all.filter((id) => (document.getElementById(id)?.getBoundingClientRect().top ?? Infinity) < HEAD);
      current = atEnd && scrollY > 0 ? all.at(-1) : (passed.at(-1) ?? all[0]);
    };
    const soon = (): void => {
      if (!asked) requestAnimationFrame(look);
      asked = true;
    };
    soon();
    addEventListener('scroll', soon, { passive: true });
    return () => removeEventListener('scroll', soon);
  });
  return {
    get current() {
      return current;
    },
  };
}
