import { isDeepStrictEqual } from 'node:util';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import type {
  ChangeRestartPolicy,
  ChangeSettings,
  ContainerId,
  ContainerSettings,
  DeployInput,
  SavedSettings,
} from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import { AccessService } from '../../foundation/access/access.service.js';
import type { Actor } from '../../foundation/access/actor.js';
import { AuditService } from '../../foundation/audit/audit.service.js';
import type { SeenContainer } from '../../foundation/environments/seen-container.js';
import type { Committed } from '../../foundation/operations/operation.js';
import { Clock, toIsoOrNull } from '../../kernel/clock.js';
import { invalid } from '../../kernel/errors.js';
import { ContainerAddresses } from '../containers/container-addresses.service.js';
import { ContainersService, toTarget } from '../containers/containers.service.js';
import {
  addressOf,
  afterChange,
  capabilitiesFor,
  changesBetween,
  findFolderIssues,
  isPending,
  NOTHING_SAVED,
} from './container-settings.rules.js';
import { ContainerSettingsRow } from './container-settings.entity.js';
import { ContainerSettingsStore } from './container-settings.store.js';

/** What a deployment may say of them. */
type FirstSettings = Pick<DeployInput, 'domainName' | 'launchUrl' | 'explorerRoot' | 'consoleDirectory'>;

@Injectable()
export class ContainerSettingsService implements OnModuleInit {
  constructor(
    private readonly access: AccessService,
    private readonly audit: AuditService,
    private readonly containers: ContainersService,
    private readonly addresses: ContainerAddresses,
    private readonly store: ContainerSettingsStore,
    private readonly clock: Clock,
  ) {}

  async onModuleInit(): Promise<void> {
    for (const { containerId, settings } of await this.store.all())
      this.addresses.set(containerId, addressOf(settings));
  }

  /** What was saved, also while the engine is away; what is applied only it can tell. */
  async see(actor: Actor, id: ContainerId): Promise<ContainerSettings> {
    const seen = this.containers.get(actor, id);
    this.access.require(actor, 'containers.settingsSee', seen);
    const row = await this.store.find(id);
    const saved = row?.settings ?? NOTHING_SAVED;
    const inspection = await this.containers.findInspection(seen);
    return {
      saved,
      applied: inspection
        ? {
            command: [...inspection.command],
            entrypoint: [...inspection.entrypoint],
            restartPolicy: inspection.restartPolicy,
          }
        : null,
      availablePorts: [...(inspection?.portRules ?? [])],
      pending: inspection ? isPending(saved, inspection) : null,
      savedAt: toIsoOrNull(row?.savedAt ?? null),
      savedBy: row?.savedByName ?? null,
    };
  }

  /** Saved only: a running container stays as it is until it is made anew. */
  async change(actor: Actor, id: ContainerId, fields: ChangeSettings): Promise<void> {
    const seen = this.containers.get(actor, id);
    this.access.requireAll(actor, capabilitiesFor(fields), seen);
    await this.assertFolders(seen, fields);
    const { settings: saved } = await this.store.change(id, async (rows, row) => {
      const before = row?.settings ?? NOTHING_SAVED;
      const settings = afterChange(before, fields);
      const details = changesBetween(before, settings);
      await this.audit.record(rows, {
        actor,
        action: 'containers.settings',
        target: toTarget(seen),
        outcome: 'done',
        details,
      });
      const { userId: savedBy, displayName: savedByName } = actor;
      return { containerId: id, settings, savedBy, savedByName, savedAt: this.clock.now() };
    });
    this.addresses.set(id, addressOf(saved));
  }

  /** What it shares only the engine can tell. */
  private async assertFolders(seen: SeenContainer, fields: ChangeSettings): Promise<void> {
    const shared = typeof fields.explorerRoot === 'string' ? (await this.containers.folders(seen)).shared : [];
    const issues = findFolderIssues(fields, shared);
    if (issues.length > 0) throw invalid(issues);
  }

  /** What whoever deploys it says of how it is reached and where people begin in it, in the transaction that makes it. */
  async begin(
    rows: EntityManager,
    actor: Actor,
    containerId: ContainerId,
    { domainName, launchUrl, explorerRoot, consoleDirectory }: FirstSettings,
  ): Promise<Committed> {
    const { userId: savedBy, displayName: savedByName } = actor;
    const settings = afterChange(NOTHING_SAVED, { domainName, launchUrl, explorerRoot, consoleDirectory });
    if (!isDeepStrictEqual(settings, NOTHING_SAVED))
      await rows.insert(ContainerSettingsRow, {
        containerId,
        settings,
        savedBy,
        savedByName,
        savedAt: this.clock.now(),
      });
    return () => this.addresses.set(containerId, addressOf(settings));
  }

  /** Its deploy came to nothing, in the transaction that says so. */
  async end(rows: EntityManager, containerId: ContainerId): Promise<Committed> {
    await rows.delete(ContainerSettingsRow, { containerId });
    return () => this.addresses.set(containerId, null);
  }

  /** What was saved, for who makes it true. */
  async saved(id: ContainerId): Promise<SavedSettings> {
    return (await this.store.find(id))?.settings ?? NOTHING_SAVED;
  }

  /** Decided otherwise elsewhere, in the caller's transaction. */
  async forget(rows: EntityManager, id: ContainerId, ...fields: Array<keyof SavedSettings>): Promise<void> {
    await this.store.forget(rows, id, fields);
  }

  /** At once, on the container as it is. */
  async changeRestartPolicy(actor: Actor, id: ContainerId, wanted: ChangeRestartPolicy): Promise<void> {
    const seen = this.containers.get(actor, id);
    this.access.requireAll(actor, ['containers.settingsSee', 'containers.settingsRestart'], seen);
    const policy = { name: wanted.name, maximumRetryCount: wanted.maximumRetryCount ?? 0 };
    await this.containers.alone(seen, 'restartPolicy', async (engine) => {
      const { restartPolicy } = await this.containers.inspection(seen);
      const details = { restartPolicy: { from: restartPolicy, to: policy } };
      await this.audit.around(actor, 'containers.restartPolicy', toTarget(seen), details, () =>
        engine.update(seen.engineId, { restart: policy }),
      );
    });
  }
}
