import { Injectable } from '@nestjs/common';
import type {
  ChangeMode,
  ContainerId,
  DeletedFiles,
  DeleteFile,
  FileDeleted,
  ListDeleted,
  MakeFolder,
  MoveFile,
  PutBack,
} from '@bailiwick/contract';
import type { Actor } from '../../foundation/access/actor.js';
import { AuditService } from '../../foundation/audit/audit.service.js';
import { Clock, toIso } from '../../kernel/clock.js';
import { notFound } from '../../kernel/errors.js';
import { FileVisitsService } from './file-visits.service.js';
import { assertChangeable, assertNotInside, BIN } from './files.rules.js';

/** What is done to whole files and folders. */
@Injectable()
export class FileChangesService {
  constructor(
    private readonly audit: AuditService,
    private readonly visits: FileVisitsService,
    private readonly clock: Clock,
  ) {}

  async makeFolder(actor: Actor, id: ContainerId, { path }: MakeFolder): Promise<void> {
    const visit = await this.visits.begin(actor, id, 'files.write');
    const place = await this.visits.place(visit, path);
    await this.visits.inTurn(id, () =>
      this.audit.around(actor, 'files.makeFolder', visit.target, { path: place.path }, () =>
        place.tree.makeFolder(place),
      ),
    );
  }

  async move(actor: Actor, id: ContainerId, wish: MoveFile): Promise<void> {
    const visit = await this.visits.begin(actor, id, 'files.write');
    const from = await this.visits.place(visit, wish.from);
    const to = await this.visits.place(visit, wish.to);
    assertNotInside(to.path, from.path);
    await this.visits.inTurn(id, () =>
      this.audit.around(actor, 'files.move', visit.target, { path: from.path, to: to.path }, () =>
        from.tree.move(from, to.tree, to, wish.replace),
      ),
    );
  }

  async copy(actor: Actor, id: ContainerId, wish: MoveFile): Promise<void> {
    const visit = await this.visits.begin(actor, id, 'files.write');
    this.visits.alsoNeeds(visit, 'files.read');
    const from = await this.visits.place(visit, wish.from);
    const to = await this.visits.place(visit, wish.to);
    assertNotInside(to.path, from.path);
    await this.visits.inTurn(id, () =>
      this.audit.around(actor, 'files.copy', visit.target, { path: from.path, to: to.path }, () =>
        from.tree.copy(from, to.tree, to, wish.replace),
      ),
    );
  }

  async remove(actor: Actor, id: ContainerId, { path, forever }: DeleteFile): Promise<FileDeleted> {
    const visit = await this.visits.begin(actor, id, 'files.delete');
    const place = await this.visits.place(visit, path);
    if (!(await place.tree.look(place.path))) throw notFound('file', place.path);
    const details = { path: place.path, forever };
    const key = await this.visits.inTurn(id, () =>
      this.audit.around(actor, 'files.delete', visit.target, details, () =>
        place.tree.remove(place, { forever, nowMs: this.clock.now() }),
      ),
    );
    return { key };
  }

  /** What is to be had back of the place a path lies in, as far as its reader goes. */
  async deleted(actor: Actor, id: ContainerId, { path }: ListDeleted): Promise<DeletedFiles> {
    const visit = await this.visits.begin(actor, id, 'files.list');
    const { tree } = await this.visits.get(visit, path, 'folder');
    const { items, truncated } = await tree.deleted();
    return {
      items: items
        .filter((item) => this.visits.isReached(visit, item.path))
        .map(({ key, path: was, deletedAtMs, facts: { kind, sizeBytes } }) => ({ key, path: was, kind, sizeBytes, deletedAt: toIso(deletedAtMs) })), // prettier-ignore
      truncated,
    };
  }

  async putBack(actor: Actor, id: ContainerId, { path, key }: PutBack): Promise<void> {
    const visit = await this.visits.begin(actor, id, 'files.write');
    const place = await this.visits.place(visit, path);
    const details = { path: `${BIN}/${key}`, to: place.path };
    await this.visits.inTurn(id, () =>
      this.audit.around(actor, 'files.move', visit.target, details, () => place.tree.putBack(place, key)),
    );
  }

  async changeMode(actor: Actor, id: ContainerId, { path, mode }: ChangeMode): Promise<void> {
    const visit = await this.visits.begin(actor, id, 'files.chmod');
    const place = await this.visits.place(visit, path);
    const facts = await place.tree.look(place.path);
    if (!facts) throw notFound('file', place.path);
    assertChangeable(facts);
    await this.visits.inTurn(id, () =>
      this.audit.around(actor, 'files.chmod', visit.target, { path: place.path, mode }, () =>
        place.tree.changeMode(place.path, Number.parseInt(mode, 8)),
      ),
    );
  }
}
