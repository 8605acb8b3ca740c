import { dayMs, hourMs, hourStartMs } from "@copilot-llm/model";

/** What was used in one UTC hour. */
export interface HourlyUnits {
  readonly hourStartMs: number;
  readonly units: number;
}

export interface PaceWindow {
  /** When the history begins. */
  readonly fromMs: number;
  /** Exclusive. */
  readonly toMs: number;
}

const hoursOfDay = 24;
const hoursOfWeek = 7 * hoursOfDay;
/** The epoch began on a Thursday. */
const epochWeekdayHours = 3 * hoursOfDay;
/** Of a normal distribution: a tenth lies beyond it on each side. */
const tenthBeyond = 1.2816;

/** Where in the week, Monday 00:00 first, the hour lies that holds the moment. */
function hourOfWeek(atMs: number): number {
  return (Math.floor(atMs / hourMs) + epochWeekdayHours) % hoursOfWeek;
}

/**
 * How much is used at each hour of the week, from what was used lately, and how far days lie apart from that. An hour of
 * the week that the window does not hold is taken to be as the same hour of the days that it does.
 */
export class DemandPace {
  /** Units in each hour of the week, Monday 00:00 UTC first. */
  readonly unitsByHour: readonly number[];
  /** Days of history. */
  readonly days: number;
  /** Of a whole day's units, about what the pace says of that day. */
  readonly #dayVariance: number;

  private constructor(unitsByHour: readonly number[], days: number, dayVariance: number) {
    this.unitsByHour = unitsByHour;
    this.days = days;
    this.#dayVariance = dayVariance;
  }

  static of(history: Iterable<HourlyUnits>, { fromMs, toMs }: PaceWindow): DemandPace {
    const used = new Map<number, number>();
    for (const hour of history) used.set(hour.hourStartMs, (used.get(hour.hourStartMs) ?? 0) + hour.units);
    const days = Math.max(0, (toMs - fromMs) / dayMs);
    const unitsByHour = average(used, fromMs, toMs);
    return new DemandPace(unitsByHour, days, varianceOfDays(used, unitsByHour, fromMs, toMs));
  }

  /** As much at every hour, and always the same. */
  static steady(unitsPerHour: number): DemandPace {
    return new DemandPace(new Array<number>(hoursOfWeek).fill(unitsPerHour), Number.POSITIVE_INFINITY, 0);
  }

  /** A part of it. */
  share(part: number): DemandPace {
    const unitsByHour = this.unitsByHour.map((units) => units * part);
    return new DemandPace(unitsByHour, this.days, this.#dayVariance * part * part);
  }

  /** And as much more at every hour. */
  plusSteady(unitsPerHour: number): DemandPace {
    const unitsByHour = this.unitsByHour.map((units) => units + unitsPerHour);
    return new DemandPace(unitsByHour, this.days, this.#dayVariance);
  }

  /** Units in the part of an hour between two moments that lie in the same hour. */
  between(fromMs: number, toMs: number): number {
    return ((this.unitsByHour[hourOfWeek(fromMs)] ?? 0) * (toMs - fromMs)) / hourMs;
  }

  /** By how much all that is used within so many days may be more, or less, with a chance of one in ten each. */
  uncertainty(days: number): number {
    if (this.days <= 0) return 0;
    return tenthBeyond * Math.sqrt(this.#dayVariance * days * (1 + days / this.days));
  }
}

function average(used: ReadonlyMap<number, number>, fromMs: number, toMs: number): readonly number[] {
  const week = createSums(hoursOfWeek);
  const day = createSums(hoursOfDay);
  for (let atMs = hourStartMs(fromMs); atMs < toMs; atMs += hourMs) {
    const part = (Math.min(atMs + hourMs, toMs) - Math.max(atMs, fromMs)) / hourMs;
    const units = used.get(atMs) ?? 0;
    const hour = hourOfWeek(atMs);
    add(week, hour, units, part);
    add(day, hour % hoursOfDay, units, part);
  }
  const whole = day.units.reduce((sum, units) => sum + units, 0) / Math.max(1, sumOf(day.hours));
  return week.units.map((units, hour) => {
    if ((week.hours[hour] ?? 0) > 0) return units / (week.hours[hour] ?? 1);
    const seen = day.hours[hour % hoursOfDay] ?? 0;
    return seen > 0 ? (day.units[hour % hoursOfDay] ?? 0) / seen : whole;
  });
}

/** Days that the window holds as a whole. */
function varianceOfDays(
  used: ReadonlyMap<number, number>,
  unitsByHour: readonly number[],
  fromMs: number,
  toMs: number,
): number {
  const squares: number[] = [];
  for (let dayMsStart = Math.ceil(fromMs / dayMs) * dayMs; dayMsStart + dayMs <= toMs; dayMsStart += dayMs) {
    let difference = 0;
    for (let atMs = dayMsStart; atMs < dayMsStart + dayMs; atMs += hourMs) {
      difference += (used.get(atMs) ?? 0) - (unitsByHour[hourOfWeek(atMs)] ?? 0);
    }
    squares.push(difference * difference);
  }
  const dayUnits = (sumOf(unitsByHour) / 7) ** 2;
  // The pace was made of these very days: of a weekday seen once nothing is known of how it varies.
  const weeks = squares.length / 7;
  if (weeks <= 1) return dayUnits;
  return (sumOf(squares) / squares.length) * (weeks / (weeks - 1));
}

interface Sums {
  readonly units: number[];
  readonly hours: number[];
}

function createSums(length: number): Sums {
  return { units: new Array<number>(length).fill(0), hours: new Array<number>(length).fill(0) };
}

function add({ units, hours }: Sums, index: number, used: number, part: number): void {
  units[index] = (units[index] ?? 0) + used;
  hours[index] = (hours[index] ?? 0) + part;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
