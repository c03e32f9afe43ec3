/** A rough measure for the meter beside a new password; the server decides what is accepted. Pure. */

/** 0 too short, 1 fair, 2 good, 3 strong. */
export function strength(password: string, user: string): 0 | 1 | 2 | 3 {
  if (password.length < 10) return 0;
  const different = new Set(password).size;
  if (different < 6 || (user.length > 2 && password.toLowerCase().includes(user.toLowerCase()))) return 1;
  const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/].filter((kind) => kind.test(password)).length;
  const points = different + kinds * 2 + Math.max(0, password.length - 10);
  return points >= 24 ? 3 : points >= 16 ? 2 : 1;
}
