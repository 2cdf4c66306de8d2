import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Config } from '../../config.js';
import { Clock, toIso } from '../../kernel/clock.js';
import { Hourly } from '../../kernel/hourly.js';
import { CoreLog } from '../../kernel/log/log.js';
import { CONFIG } from '../../kernel/tokens.js';
import { AlertBook } from '../alerts/alert-book.service.js';
import { AlertRuleSettings } from '../alerts/alert-rule-settings.service.js';
import { keyOf } from '../alerts/alerts.rules.js';
import { CertificateDriver } from './certificate.driver.js';
import { nameOf, type Place, placesOf, problemOf, type ServedCertificate } from './certificates.rules.js';

const RULE = 'certificate';
const DAY_MS = 86_400_000;
/** The hour in which it is due may begin a moment early. */
const LEEWAY_MS = 60_000;

/** Looks once a day at the certificates of the addresses the settings name, and each hour at those that need somebody. */
@Injectable()
export class CertificateWatchService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly places: readonly Place[];
  private readonly read = new Map<string, { readonly served: ServedCertificate | undefined; readonly atMs: number }>();
  private readonly looking: Hourly<void>;
  private readonly stopping = new AbortController();

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly book: AlertBook,
    private readonly settings: AlertRuleSettings,
    private readonly driver: CertificateDriver,
    private readonly clock: Clock,
    coreLog: CoreLog,
  ) {
    this.places = placesOf(config);
    this.looking = new Hourly(
      () => this.lookAtAll(),
      (error) => coreLog.for('certificates').error({ err: error }, 'Certificates could not be looked at; it is tried again in an hour'), // prettier-ignore
    );
  }

  onApplicationBootstrap(): void {
    const named = new Set(this.places.map((place) => keyOf(RULE, nameOf(place))));
    for (const { rule, key } of this.book.open()) if (rule === RULE && !named.has(key)) this.book.settle(key, 'gone');
    if (this.places.length > 0) this.looking.start();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.looking.stop();
  }

  /** What is due now. */
  look(): Promise<void> {
    return this.looking.now();
  }

  private async lookAtAll(): Promise<void> {
    if (!this.settings.isOn(RULE)) return;
    await Promise.all(this.places.map((place) => this.lookAt(place)));
  }

  private async lookAt(place: Place): Promise<void> {
    const name = nameOf(place);
    const key = keyOf(RULE, name);
    const known = this.read.get(name);
    const atMs = this.clock.now();
    const isDue = !known || atMs - known.atMs >= DAY_MS - LEEWAY_MS;
    const isWaitedFor = known?.served === undefined || this.book.findOpen(key) !== undefined;
    const served = isDue || isWaitedFor ? await this.driver.read(place, this.stopping.signal) : known.served;
    if (isDue || isWaitedFor) this.read.set(name, { served, atMs: isDue ? atMs : known.atMs });
    // Of what nobody reaches nothing is known: what is open stays, and nothing opens.
    if (served) this.judge(name, key, served);
  }

  private judge(name: string, key: string, served: ServedCertificate): void {
    const nowMs = this.clock.now();
    const problem = problemOf(served, { nowMs, days: this.settings.amountOf(RULE) });
    if (problem === null) return this.book.settle(key, 'recovered');
    if (this.book.findOpen(key)?.facts.certificate?.problem === problem) return;
    this.book.raise({
      key,
      rule: RULE,
      thingKind: 'certificate',
      thingId: name,
      label: name,
      tenantId: null,
      environmentId: null,
      containerId: null,
      userId: null,
      facts: { certificate: { problem, validUntil: toIso(served.validUntilMs) } },
      atMs: nowMs,
    });
  }
}
