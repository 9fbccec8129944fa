const MORNING_HOUR = 9;
const MONDAY = 1;
const HOUR_MS = 3_600_000;

function morningIn(days: number, now: Date): Date {
  const day = new Date(now);
  day.setDate(day.getDate() + days);
  day.setHours(MORNING_HOUR, 0, 0, 0);
  return day;
}

export function inOneHour(now: Date): Date {
  return new Date(now.getTime() + HOUR_MS);
}

export function tomorrowMorning(now: Date): Date {
  return morningIn(1, now);
}

/** Never today: on a Monday it is the one a week later. */
export function nextMondayMorning(now: Date): Date {
  return morningIn((MONDAY - now.getDay() + 7) % 7 || 7, now);
}
