/** How well a text answers what was typed. Pure. */

/** Higher is better; undefined when the letters are not all there in order. Word beginnings and runs count more. */
export function score(text: string, typed: string): number | undefined {
  const hay = text.toLowerCase();
  const needle = typed.toLowerCase().replaceAll(/\s+/g, ' ').trim();
  if (needle === '') return 0;
  const whole = hay.indexOf(needle);
  if (whole >= 0) return 1000 - whole - hay.length / 100 + (whole === 0 || hay[whole - 1] === ' ' ? 200 : 0);
  let from = 0;
  let total = 0;
  for (const letter of needle.replaceAll(' ', '')) {
    const at = hay.indexOf(letter, from);
    if (at < 0) return undefined;
    total += at === from && from > 0 ? 8 : at === 0 || hay[at - 1] === ' ' ? 6 : 1;
    from = at + 1;
  }
  return total - hay.length / 100;
}
