import type { OverviewView } from '../../../lib/wire';

/** One bar of a chart, and one row of its table. */
export interface ActivityBar {
  /** Beneath the bar. */
  label: string;
  /** By itself. */
  name: string;
  messages: number;
  conversations: number;
}

type Hours = Pick<OverviewView, 'perHour' | 'timeZone'>;

const HOUR_MS = 3_600_000;
const HOURS_A_DAY = 24;

/** Every hour of the day, those to come as well: so a bar stands where its time of day is. */
export function hourBars({ perHour, timeZone }: Hours, language: string): ActivityBar[] {
  const [first] = perHour;
  if (!first) return [];
  const known = new Map(perHour.map((hour) => [Date.parse(hour.at), hour]));
  return Array.from({ length: Math.max(HOURS_A_DAY, perHour.length) }, (_, index) => {
    const at = Date.parse(first.at) + index * HOUR_MS;
    const { messages = 0, conversations = 0 } = known.get(at) ?? {};
    return { ...hourNames(at, timeZone, language), messages, conversations };
  });
}

export function dayBars({ perHour, timeZone }: Hours, language: string): ActivityBar[] {
  const short = formatter(language, { timeZone, month: 'numeric', day: 'numeric' });
  const long = formatter(language, { timeZone, weekday: 'long', month: 'long', day: 'numeric' });
  // An hour may begin in the day before, where clocks are half an hour off.
  const days = groupedBy(perHour, ({ at }) => short.format(Date.parse(at) + HOUR_MS - 1));
  return [...days].map(([label, hours]) => ({
    label,
    name: long.format(Date.parse(hours[0]!.at) + HOUR_MS - 1),
    messages: sumOf(hours, 'messages'),
    conversations: sumOf(hours, 'conversations'),
  }));
}

/** On average of the days, to one decimal place. */
export function hourOfDayBars({ perHour, timeZone }: Hours, language: string): ActivityBar[] {
  const hours = groupedBy(perHour, ({ at }) => hourNames(Date.parse(at), timeZone, language).label);
  const bars = [...hours].map(([label, same]) => ({
    label,
    name: hourNames(Date.parse(same[0]!.at), timeZone, language).name,
    messages: averageOf(same, 'messages'),
    conversations: averageOf(same, 'conversations'),
  }));
  return bars.sort((a, b) => (a.label < b.label ? -1 : 1));
}

export function totalOf(bars: readonly ActivityBar[]): number {
  return bars.reduce((sum, { messages }) => sum + messages, 0);
}

export function peakOf(bars: readonly ActivityBar[]): ActivityBar | undefined {
  return bars.reduce<ActivityBar | undefined>(
    (peak, bar) => (peak && peak.messages >= bar.messages ? peak : bar),
    undefined,
  );
}

function hourNames(at: number, timeZone: string, language: string): Pick<ActivityBar, 'label' | 'name'> {
  const label = formatter(language, { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(at);
  return { label, name: formatter(language, { timeZone, timeStyle: 'short' }).format(at) };
}

function groupedBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

type Counted = 'messages' | 'conversations';

function sumOf(hours: OverviewView['perHour'], of: Counted): number {
  return hours.reduce((sum, hour) => sum + hour[of], 0);
}

function averageOf(hours: OverviewView['perHour'], of: Counted): number {
  return Math.round((sumOf(hours, of) / hours.length) * 10) / 10;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Each costs more to make than all that it is ever asked. */
function formatter(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options);
  const known = formatters.get(key) ?? new Intl.DateTimeFormat(language, options);
  formatters.set(key, known);
  return known;
}
