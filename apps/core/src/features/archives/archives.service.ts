import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  type ArchiveContent,
  type ContainerId,
  type LookIntoArchive,
  MOST_SHOWN_ENTRIES,
  type Operation,
  type PackFiles,
  type UnpackArchive,
  type UserId,
} from '@bailiwick/contract';
import type { Actor } from '../../foundation/access/actor.js';
import type { OperationDefinition } from '../../foundation/operations/operation.js';
import { OperationsService } from '../../foundation/operations/operations.service.js';
import { scopeOf } from '../../foundation/operations/starter-scope.js';
import { AppError } from '../../kernel/errors.js';
import { Turns } from '../../kernel/turns.js';
import { FileVisitsService, type Reached, type Visit } from '../files/file-visits.service.js';
import { assertMakes, assertNotInside, fileRefused, inFolder } from '../files/files.rules.js';
import { bytesOf, walkArchive } from './archive-walk.js';
import { assertNames, formatFor, toArchiveError } from './archives.rules.js';
import { PackingService } from './packing.service.js';
import { packFiles, PackPlan } from './pack.operation.js';
import { UnpackingService } from './unpacking.service.js';
import { unpackArchive, UnpackPlan } from './unpack.operation.js';

const LOOK_WITHIN_MS = 20_000;

/** Archives on disk: what is in them, what becomes of them, and how they are made. */
@Injectable()
export class ArchivesService implements OnModuleInit {
  private readonly unpacking: OperationDefinition<UnpackPlan>;
  private readonly packing: OperationDefinition<PackPlan>;
  private readonly looks = new Turns<UserId>();

  constructor(
    private readonly operations: OperationsService,
    private readonly visits: FileVisitsService,
    unpacking: UnpackingService,
    packing: PackingService,
  ) {
    this.unpacking = unpackArchive(unpacking);
    this.packing = packFiles(packing);
  }

  onModuleInit(): void {
    this.operations.register(this.unpacking, (actor, { row }, key) => {
      const { containerId, path, into, replace } = UnpackPlan.parse(row.input);
      return this.unpack(actor, containerId, { path, into, replace }, key);
    });
    this.operations.register(this.packing, (actor, { row }, key) => {
      const { containerId, folder, names, to, replace } = PackPlan.parse(row.input);
      return this.pack(actor, containerId, { folder, names, to, replace }, key);
    });
  }

  /** Read as far as it takes to know its entries, one at a time for each person; 409 or 413 where it would not be unpacked. */
  async look(actor: Actor, id: ContainerId, { path }: LookIntoArchive, signal: AbortSignal): Promise<ArchiveContent> {
    const visit = await this.visits.begin(actor, id, 'files.read');
    const found = await this.visits.get(visit, path, 'file');
    if (found.tree.by === 'container') throw fileRefused('inside');
    return this.looks.run(actor.userId, () => lookInto(found, signal));
  }

  async unpack(actor: Actor, id: ContainerId, wish: UnpackArchive, idempotencyKey?: string): Promise<Operation> {
    const visit = await this.visits.begin(actor, id, 'files.write');
    this.visits.alsoNeeds(visit, 'files.read');
    const found = await this.visits.get(visit, wish.path, 'file');
    const to = await this.visits.folderOrPlace(visit, wish.into);
    if (found.tree.by === 'container' || to.tree.by === 'container') throw fileRefused('inside');
    const input = {
      containerId: id,
      path: found.path,
      into: to.path,
      isNew: to.isNew,
      replace: wish.replace,
      scope: scopeOf(actor),
    };
    return this.start(actor, visit, this.unpacking, input, idempotencyKey);
  }

  async pack(actor: Actor, id: ContainerId, wish: PackFiles, idempotencyKey?: string): Promise<Operation> {
    const visit = await this.visits.begin(actor, id, 'files.write');
    this.visits.alsoNeeds(visit, 'files.read');
    const format = formatFor(wish.to);
    const folder = await this.visits.get(visit, wish.folder, 'folder');
    const names = [...new Set(wish.names)];
    assertNames(names);
    const places = [];
    for (const name of names) places.push(await this.visits.place(visit, inFolder(folder.path, name)));
    const to = await this.visits.place(visit, wish.to);
    if (folder.tree.by === 'container' || to.tree.by === 'container') throw fileRefused('inside');
    for (const place of places) assertNotInside(to.path, place.path);
    assertMakes(await to.tree.look(to.path), { path: to.path, replace: wish.replace });
    const input = {
      containerId: id,
      folder: folder.path,
      names,
      to: to.path,
      format,
      replace: wish.replace,
      scope: scopeOf(actor),
    };
    return this.start(actor, visit, this.packing, input, idempotencyKey);
  }

  private start<Plan extends object>(
    actor: Actor,
    { seen }: Visit,
    definition: OperationDefinition<Plan>,
    input: Plan,
    idempotencyKey: string | undefined,
  ): Promise<Operation> {
    const { tenantId, environmentId, ownerId, id: containerId, name: label } = seen;
    return this.operations.start(
      actor,
      definition,
      { input, tenantId, environmentId, ownerId, containerId, label },
      { idempotencyKey },
    );
  }
}

async function lookInto(found: Reached, signal: AbortSignal): Promise<ArchiveContent> {
  const entries: ArchiveContent['entries'] = [];
  const file = await found.tree.open(found);
  try {
    const mostBytes = Number.MAX_SAFE_INTEGER;
    const totals = await walkArchive(
      bytesOf(file),
      { mostBytes, signal, withinMs: LOOK_WITHIN_MS },
      (checked, entry) => {
        if (entries.length < MOST_SHOWN_ENTRIES)
          entries.push({ path: checked.path, kind: entry.kind, sizeBytes: entry.sizeBytes });
      },
    );
    return { path: found.path, entries, ...totals };
  } catch (error) {
    if (signal.aborted) throw new AppError('interrupted', 400, 'Nobody waits for it any more.');
    throw toArchiveError(error, { named: true });
  } finally {
    await file.close();
  }
}
