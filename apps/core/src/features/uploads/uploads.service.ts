import type { Readable } from 'node:stream';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { type ContainerId, UPLOAD_PART_BYTES, type UploadId } from '@bailiwick/contract';
import type { Actor } from '../../foundation/access/actor.js';
import { AuditService } from '../../foundation/audit/audit.service.js';
import { Clock, toIso } from '../../kernel/clock.js';
import { codeOf } from '../../kernel/disk/open-folder.js';
import { AppError, conflict, notFound } from '../../kernel/errors.js';
import { Hourly } from '../../kernel/hourly.js';
import { newId } from '../../kernel/ids.js';
import { CoreLog } from '../../kernel/log/log.js';
import { Turns } from '../../kernel/turns.js';
import { FileVisitsService, type ReachedPlace, type Visit } from '../files/file-visits.service.js';
import { assertMakes } from '../files/files.rules.js';
import { assertTus, offsetOf, toWish, type TusHeaders } from './uploads.rules.js';
import { type UploadFacts, UploadsFolder } from './uploads-folder.driver.js';

const KEEP_MS = 24 * 3_600_000;
/** What is left for everything else on the core's own disk. */
const SPARE_BYTES = 64 * 1024 * 1024;
const MOST_AT_ONCE = 50;

export interface UploadState {
  readonly id: UploadId;
  readonly offset: number;
  readonly length: number;
  readonly expiresAt: string;
}

/** Files that come in parts (tus): kept apart until they are whole, then put in their place at once. */
@Injectable()
export class UploadsService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly turns = new Turns<UploadId>();
  private readonly clearing: Hourly<void>;

  constructor(
    private readonly audit: AuditService,
    private readonly visits: FileVisitsService,
    private readonly folder: UploadsFolder,
    private readonly clock: Clock,
    log: CoreLog,
  ) {
    const own = log.for('uploads');
    this.clearing = new Hourly(
      () => this.clear(),
      (error) => own.error({ err: error }, 'Uploads nobody went on with could not be cleared'),
    );
  }

  onApplicationBootstrap(): void {
    this.clearing.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.clearing.stop();
  }

  async begin(actor: Actor, containerId: ContainerId, headers: TusHeaders): Promise<UploadState> {
    const visit = await this.visits.begin(actor, containerId, 'files.write');
    const wish = toWish(headers);
    const place = await this.visits.place(visit, wish.path);
    assertMakes(await place.tree.look(place.path), wish);
    await this.assertRoom(actor, place, wish.length);
    const facts = { id: newId('up'), containerId, userId: actor.userId, ...wish };
    await this.folder.create(facts);
    if (wish.length === 0) await this.finish(visit, facts);
    return this.stateOf(facts, { offset: 0, changedAtMs: this.clock.now() });
  }

  async look(actor: Actor, containerId: ContainerId, id: UploadId): Promise<UploadState> {
    await this.visits.begin(actor, containerId, 'files.write');
    const facts = await this.get(actor, containerId, id);
    return this.stateOf(facts, await this.progress(id));
  }

  async append(actor: Actor, containerId: ContainerId, id: UploadId, part: { headers: TusHeaders; bytes: Readable }) {
    const visit = await this.visits.begin(actor, containerId, 'files.write');
    await this.get(actor, containerId, id);
    return this.turns.run(id, async () => {
      const facts = await this.get(actor, containerId, id);
      const from = offsetOf(part.headers);
      const { offset } = await this.progress(id);
      if (from !== offset) throw conflict('conflict', `Go on at ${offset}.`, { params: { offset } });
      const most = Math.min(UPLOAD_PART_BYTES, facts.length - offset);
      if (Number(part.headers['content-length'] ?? 0) > most) throw tooLong(most);
      const now = await this.folder.append(id, { from: offset, most }, part.bytes).catch(asOurs);
      if (now < 0) throw tooLong(most);
      if (now === facts.length) await this.finish(visit, facts);
      return this.stateOf(facts, { offset: now, changedAtMs: this.clock.now() });
    });
  }

  async end(actor: Actor, containerId: ContainerId, id: UploadId, headers: TusHeaders): Promise<void> {
    await this.visits.begin(actor, containerId, 'files.write');
    await this.get(actor, containerId, id);
    assertTus(headers);
    await this.turns.run(id, () => this.folder.remove(id));
  }

  /** Takes away what nobody went on with. */
  async clear(): Promise<void> {
    for (const id of await this.folder.ids())
      await this.turns.run(id, async () => {
        const progress = await this.folder.progress(id);
        if (progress && progress.changedAtMs < this.clock.now() - KEEP_MS) await this.folder.remove(id);
      });
  }

  /** Where it was to go is asked again: much may have changed meanwhile. What cannot be put there stays here. */
  private async finish(visit: Visit, { id, containerId, path, replace, length }: UploadFacts): Promise<void> {
    const place = await this.visits.place(visit, path);
    const details = { path: place.path, bytes: length };
    await this.visits.inTurn(containerId, () =>
      this.audit.around(visit.actor, 'files.upload', visit.target, details, async () => {
        const source = await this.folder.open();
        try {
          await place.tree.take(place, { folder: source, name: id, pieces: () => this.folder.pieces(id) }, (before) =>
            assertMakes(before, { path, replace }),
          );
        } finally {
          await source.close();
        }
      }),
    );
    await this.folder.remove(id);
  }

  /** Nobody else's is anybody's to see. */
  private async get(actor: Actor, containerId: ContainerId, id: UploadId): Promise<UploadFacts> {
    const facts = await this.folder.find(id);
    if (facts?.containerId !== containerId || facts.userId !== actor.userId) throw notFound('upload', id);
    return facts;
  }

  private async progress(id: UploadId): Promise<{ offset: number; changedAtMs: number }> {
    const progress = await this.folder.progress(id);
    if (!progress) throw notFound('upload', id);
    return progress;
  }

  private async assertRoom(actor: Actor, { tree, folder }: ReachedPlace, length: number): Promise<void> {
    let [own, awaited] = [0, 0];
    for (const id of await this.folder.ids()) {
      const [facts, progress] = [await this.folder.find(id), await this.folder.progress(id)];
      if (!facts || !progress) continue;
      own += facts.userId === actor.userId ? 1 : 0;
      awaited += facts.length - progress.offset;
    }
    if (own >= MOST_AT_ONCE) throw conflict('busy', `At most ${MOST_AT_ONCE} uploads are begun at once.`);
    const room = await tree.room(folder);
    const isFull = (await this.folder.freeBytes()) - awaited - SPARE_BYTES < length || (room !== null && room < length);
    if (isFull) throw full();
  }

  private stateOf({ id, length }: UploadFacts, at: { offset: number; changedAtMs: number }): UploadState {
    return { id, length, offset: at.offset, expiresAt: toIso(at.changedAtMs + KEEP_MS) };
  }
}

const full = (): AppError =>
  new AppError('storage_full', 507, 'There is no room left for it.', { hint: 'Free some space on the host.' });

const tooLong = (most: number): AppError =>
  new AppError('too_large', 413, `A part has at most ${most} bytes here.`, { params: { most } });

function asOurs(error: unknown): never {
  const code = codeOf(error) ?? '';
  if (code === 'ECONNRESET') throw new AppError('interrupted', 400, 'The connection ended. What came is kept.');
  throw ['ENOSPC', 'EDQUOT'].includes(code) ? full() : error;
}
