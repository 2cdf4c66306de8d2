import { Injectable } from '@nestjs/common';
import type { ChangeConfiguration, ConfigurationVersion, FieldChange, SavedSettings } from '@bailiwick/contract';
import type { Actor } from '../../foundation/access/actor.js';
import type { SeenContainer } from '../../foundation/environments/seen-container.js';
import { conflict, invalid, notFound } from '../../kernel/errors.js';
import { ContainerSettingsService } from '../container-settings/container-settings.service.js';
import { PortAllocatorService, type WantedPort } from '../ports/port-allocator.service.js';
import { ConfigurationBook, type Entry } from './configuration-book.service.js';
import { notAdopted, afterChange, fieldsBetween, findIssues, type Made, withStartup } from './configurations.rules.js';
import { type NewerPreset, NewerPresets } from './newer-presets.service.js';

/** Which change is meant: one that is only looked at, an earlier configuration, its preset, or what is saved. */
export interface Meant {
  readonly change?: ChangeConfiguration | undefined;
  readonly number?: number | undefined;
  /** Its preset, in the version that was looked at. */
  readonly preset?: string | undefined;
}

export interface Aim {
  readonly before: Entry;
  readonly after: Made;
  readonly fields: readonly FieldChange[];
  readonly why: ConfigurationVersion['why'];
  readonly savedAt: number | null;
  /** What the row says of its deployment once this came through; undefined where that stays. */
  readonly deployed?: NewerPreset['deployed'];
}

/** Works out how a container would be made, from everything that was decided about it. */
@Injectable()
export class ConfigurationTargets {
  constructor(
    private readonly book: ConfigurationBook,
    private readonly settings: ContainerSettingsService,
    private readonly allocator: PortAllocatorService,
    private readonly updates: NewerPresets,
  ) {}

  /** 409 for what was made outside and not taken over; 400 for what does not fit together; 409 for a port that is not free. */
  async aim(actor: Actor, seen: SeenContainer, { change, number, preset }: Meant): Promise<Aim> {
    const before = await this.book.findApplied(seen.id);
    if (!before) throw notAdopted(seen.name);
    if (number !== undefined) return this.earlier(actor, seen, before, number);
    if (preset !== undefined) return this.newer(actor, seen, before, preset);
    const saved = change ? undefined : await this.book.findSaved(seen.id);
    const wanted = change ?? saved?.change ?? {};
    const settings = await this.settings.saved(seen.id);
    const ports = portsOf(before, wanted, settings);
    const chosen = ports && (await this.choose(actor, seen, ports, before));
    const changed = afterChange(before, wanted, chosen);
    const after = wanted.command === undefined ? withStartup(changed, settings) : changed;
    const issues = findIssues(after, wanted);
    if (issues.length > 0) throw invalid(issues);
    return { before, after, fields: fieldsBetween(before, after), why: 'changed', savedAt: saved?.savedAt ?? null };
  }

  private async earlier(actor: Actor, seen: SeenContainer, before: Entry, number: number): Promise<Aim> {
    const entry = await this.book.findVersion(seen.id, number);
    if (!entry) throw notFound('configuration', String(number));
    const after = { spec: entry.spec, env: entry.env };
    await this.choose(actor, seen, after.spec.ports, before);
    return { before, after, fields: fieldsBetween(before, after), why: 'reverted', savedAt: null };
  }

  private async newer(actor: Actor, seen: SeenContainer, before: Entry, digest: string): Promise<Aim> {
    const newer = await this.updates.find(seen, before);
    if (newer?.update.to.digest !== digest)
      throw conflict('preset_changed', 'The preset is not what it was when you looked at it.', {
        params: { version: newer?.update.to.digest ?? null },
      });
    const chosen = newer.ports && (await this.choose(actor, seen, newer.ports, before));
    const after = chosen ? afterChange(newer.after, {}, chosen) : newer.after;
    const issues = [...newer.issues, ...findIssues(after, {})];
    if (issues.length > 0) throw invalid(issues);
    const fields = fieldsBetween(before, after);
    return { before, after, fields, why: 'presetUpdated', savedAt: null, deployed: newer.deployed };
  }

  private choose(actor: Actor, { id, environmentId }: SeenContainer, wanted: readonly WantedPort[], { spec }: Entry) {
    return this.allocator.change(actor, { containerId: id, environmentId }, wanted, spec.ports);
  }
}

/** Undefined where nobody said anything about ports. */
function portsOf(
  { spec }: Entry,
  { ports }: ChangeConfiguration,
  { allowedPorts }: SavedSettings,
): WantedPort[] | undefined {
  if (ports) return ports;
  if (allowedPorts === null) return undefined;
  return allowedPorts.flatMap((containerPort): WantedPort[] => {
    const known = spec.ports.filter((port) => port.containerPort === containerPort);
    return known.length > 0 ? known : [{ containerPort, protocol: 'tcp', hostPort: null }];
  });
}
