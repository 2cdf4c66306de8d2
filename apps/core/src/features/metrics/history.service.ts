import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { COUNTED_MEASURES, type MetricsRange } from '@bailiwick/contract';
import type { Config } from '../../config.js';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { MirrorsService } from '../../foundation/environments/mirrors.service.js';
import { Clock, toIso } from '../../kernel/clock.js';
import { Hourly } from '../../kernel/hourly.js';
import { CoreLog, type Log } from '../../kernel/log/log.js';
import { CONFIG } from '../../kernel/tokens.js';
import { HistoryFolder, type MeasuredId } from './history-folder.driver.js';
import { toRemove } from './history-keeping.rules.js';
import { addTo, type Column, type Growing, RANGES, TIERS, toColumns, toSlot } from './tiers.rules.js';
import type { Sample } from './usage.rules.js';

const MIB = 1024 * 1024;
/** Slower samples say nothing of single seconds. */
const FINE_MS = 2500;
const COMPLAIN_EVERY_MS = 600_000;

interface History<Measure extends string> {
  readonly from: string;
  readonly stepMs: number;
  readonly series: Record<Measure, Column>;
}

/** What was measured, kept finer for the last minutes and coarser for the last days. */
@Injectable()
export class HistoryService implements OnApplicationBootstrap, OnModuleDestroy {
  /** The steps that are not over, tier after tier. */
  private readonly growing = new Map<MeasuredId, Array<Growing | undefined>>();
  private readonly sweeping: Hourly<void>;
  private readonly log: Log;
  private complainedAtMs = -Infinity;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly folder: HistoryFolder,
    private readonly clock: Clock,
    private readonly mirrors: MirrorsService,
    private readonly environments: EnvironmentsService,
    coreLog: CoreLog,
  ) {
    this.log = coreLog.for('metrics');
    this.sweeping = new Hourly(
      () => this.sweep(),
      (error) => this.log.error({ err: error }, 'Old metrics could not be removed; they are tried again in an hour'),
    );
  }

  onApplicationBootstrap(): void {
    this.sweeping.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.sweeping.stop();
    for (const [id, tiers] of this.growing)
      tiers.forEach((growing, tier) => growing && this.write(id, tier, [toSlot(growing)], growing.tallies.length));
  }

  add<Measure extends string>(id: MeasuredId, sample: Sample<Measure>, measures: readonly Measure[]): void {
    const tiers = this.growing.get(id) ?? [];
    this.growing.set(id, tiers);
    TIERS.forEach((tier, n) => {
      if (n === 0 && sample.toMs - sample.fromMs > FINE_MS) return;
      const { over, growing } = addTo(tiers[n], sample, measures, tier);
      tiers[n] = growing;
      if (over.length > 0) this.write(id, n, over, measures.length);
    });
  }

  /** What it was until now, in equal steps. */
  read<Measure extends string>(id: MeasuredId, range: MetricsRange, measures: readonly Measure[]): History<Measure> {
    const { tier, ms } = RANGES[range];
    const { stepMs } = TIERS[tier] ?? TIERS[0];
    const steps = ms / stepMs;
    const last = Math.floor(this.clock.now() / stepMs);
    const first = last - steps + 1;
    const series = toColumns(this.slots(id, tier, measures.length, { first, last }), measures, { firstStep: first, steps }); // prettier-ignore
    if (tier === 0) this.fillFromCoarser(id, measures, series, first);
    return { from: toIso(first * stepMs), stepMs, series };
  }

  /**
   * While nobody looked, single seconds were not measured: each of them is then what its ten seconds were. What is
   * counted was noted in its own second: none happened in the others.
   */
  private fillFromCoarser<Measure extends string>(
    id: MeasuredId,
    measures: readonly Measure[],
    series: Record<Measure, Column>,
    firstSecond: number,
  ): void {
    const perSlot = TIERS[1].stepMs / TIERS[0].stepMs;
    const first = Math.floor(firstSecond / perSlot);
    const steps = Math.ceil(TIERS[0].slots / perSlot) + 1;
    const coarse = toColumns(this.slots(id, 1, measures.length, { first, last: first + steps }), measures, { firstStep: first, steps }); // prettier-ignore
    const nowSecond = Math.floor(this.clock.now() / TIERS[0].stepMs);
    for (const name of measures)
      for (const kind of ['min', 'avg', 'max'] as const)
        series[name][kind].forEach((value, n) => {
          const second = firstSecond + n;
          if (value === null && second < nowSecond)
            series[name][kind][n] = toFine(name, coarse[name][kind][Math.floor(second / perSlot) - first] ?? null);
        });
  }

  private slots(id: MeasuredId, tier: number, measures: number, steps: { first: number; last: number }) {
    const growing = this.growing.get(id)?.[tier];
    const kept = this.folder.read(id, tier, measures, steps);
    // What is not over stands last, and so over what an earlier core left of the same step.
    return growing && growing.step >= steps.first ? [...kept, toSlot(growing)] : kept;
  }

  private write(...what: Parameters<HistoryFolder['write']>): void {
    try {
      this.folder.write(...what);
    } catch (error) {
      // A full disk must not end the measuring, and not fill the log as well.
      const nowMs = this.clock.now();
      if (nowMs - this.complainedAtMs < COMPLAIN_EVERY_MS) return;
      this.complainedAtMs = nowMs;
      this.log.error({ err: error }, 'What was measured could not be kept');
    }
  }

  private async sweep(): Promise<void> {
    const there = new Set<string>([
      ...this.mirrors.containers().map(({ id }) => id),
      ...this.environments.all().map(({ id }) => id),
    ]);
    for (const id of this.growing.keys()) if (!there.has(id)) this.growing.delete(id);
    const limits = { nowMs: Date.now(), mostBytes: this.config.BAILIWICK_METRICS_MIB * MIB };
    for (const file of toRemove(await this.folder.files(), (id) => there.has(id), limits))
      await this.folder.remove(file);
  }
}

const toFine = (name: string, value: number | null): number | null =>
  value !== null && COUNTED_MEASURES.has(name) ? 0 : value;
