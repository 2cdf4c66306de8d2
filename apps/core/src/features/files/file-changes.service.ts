import { Injectable } from '@nestjs/common';
import type { ChangeMode, ContainerId, DeleteFile, MakeFolder, MoveFile } from '@bailiwick/contract';
import type { Actor } from '../../foundation/access/actor.js';
import { AuditService } from '../../foundation/audit/audit.service.js';
import { Clock } from '../../kernel/clock.js';
import { notFound } from '../../kernel/errors.js';
import { FileVisitsService } from './file-visits.service.js';
import { assertChangeable, assertNotInside } from './files.rules.js';

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

  async remove(actor: Actor, id: ContainerId, { path, forever }: DeleteFile): Promise<void> {
    const visit = await this.visits.begin(actor, id, 'files.delete');
    const place = await this.visits.place(visit, path);
    if (!(await place.tree.look(place.path))) throw notFound('file', place.path);
    const details = { path: place.path, forever };
    await this.visits.inTurn(id, () =>
      this.audit.around(actor, 'files.delete', visit.target, details, () =>
        place.tree.remove(place, { forever, nowMs: this.clock.now() }),
      ),
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
