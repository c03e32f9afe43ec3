/** Where a filling filesystem is going. Pure. */

/**
 * Seconds until a linear fit through the points reaches the limit; undefined when it does not rise, the points are too
 * few, or it would take longer than `horizon`.
 */
export function reaches(
  times: readonly number[],
  values: readonly (number | null)[],
  limit: number,
  horizon: number,
): number | undefined {
  let n = 0;
  let sumX = 0;
  let sumY = 0;
  let sumXX = 0;
  let sumXY = 0;
  const origin = times[0] ?? 0;
  for (let at = 0; at < times.length; at++) {
    const value = values[at];
    const time = times[at];
    if (value === null || value === undefined || time === undefined) continue;
    const x = time - origin;
    n++;
    sumX += x;
    sumY += value;
    sumXX += x * x;
    sumXY += x * value;
  }
  const spread = n * sumXX - sumX * sumX;
  if (n < 10 || spread <= 0) return undefined;
  const slope = (n * sumXY - sumX * sumY) / spread;
  const end = (times[times.length - 1] ?? 0) - origin;
  const now = (sumY - slope * sumX) / n + slope * end;
  if (slope <= 0) return undefined;
  const left = (limit - now) / slope;
  return left >= 0 && left <= horizon ? left : undefined;
}
