import { Injectable } from '@nestjs/common';
import {
  type ContainerId,
  type FileContent,
  type FileList,
  type FileRoot,
  type FileWritten,
  type ListFiles,
  MOST_FILE_BYTES,
  type ReadFile,
  type WriteFile,
} from '@bailiwick/contract';
import type { Actor } from '../../foundation/access/actor.js';
import { AuditService } from '../../foundation/audit/audit.service.js';
import { toIso } from '../../kernel/clock.js';
import { invalid } from '../../kernel/errors.js';
import type { FileFacts, NamedFacts } from './file-tree.js';
import { FileVisitsService, type Visit } from './file-visits.service.js';
import { assertUnchanged, toText } from './files.rules.js';
import { isPersistent, kindOfRoot } from './mounts.rules.js';

@Injectable()
export class FilesService {
  constructor(
    private readonly audit: AuditService,
    private readonly visits: FileVisitsService,
  ) {}

  /** What is in a folder; without a path, in the first of the shared ones that is there. */
  async list(actor: Actor, id: ContainerId, { path }: ListFiles): Promise<FileList> {
    const visit = await this.visits.begin(actor, id, 'files.list');
    const folder = path === undefined ? await this.visits.firstStart(visit) : await this.visits.get(visit, path, 'folder'); // prettier-ignore
    const [{ entries, hidden, truncated }, roots] = await Promise.all([
      folder.tree.list(folder.path),
      this.roots(visit),
    ]);
    return {
      path: folder.path,
      roots,
      by: folder.tree.by,
      persistent: isPersistent(folder.path, visit.mounts),
      items: entries.map(toEntry),
      hidden,
      truncated,
    };
  }

  async read(actor: Actor, id: ContainerId, { path, offset, maxBytes }: ReadFile): Promise<FileContent> {
    const visit = await this.visits.begin(actor, id, 'files.read');
    const file = await this.visits.get(visit, path, 'file');
    const { bytes, facts } = await file.tree.read(file, { offset, maxBytes });
    const truncated = offset + bytes.length < facts.sizeBytes;
    const text = toText(bytes, { truncated });
    const { sizeBytes, etag, mode, owner } = facts;
    return { path: file.path, text, binary: text === null, sizeBytes, truncated, etag, mode, owner };
  }

  /** Makes the file or replaces what is in it; a link is never written through. */
  async write(actor: Actor, id: ContainerId, { path, text, ifMatch }: WriteFile): Promise<FileWritten> {
    const visit = await this.visits.begin(actor, id, 'files.write');
    const content = Buffer.from(text, 'utf8');
    if (content.length > MOST_FILE_BYTES)
      throw invalid([{ path: 'text', code: 'too_big', message: `A file has at most ${MOST_FILE_BYTES} bytes here.` }]);
    const place = await this.visits.place(visit, path);
    const details = { path: place.path, bytes: content.length };
    const check = (before: FileFacts | undefined) => assertUnchanged(before, ifMatch);
    const { etag, sizeBytes } = await this.visits.inTurn(id, async () => {
      check(await place.tree.look(place.path));
      return this.audit.around(actor, 'files.write', visit.target, details, () =>
        place.tree.write(place, content, check),
      );
    });
    return { path: place.path, etag, sizeBytes };
  }

  private async roots(visit: Visit): Promise<FileRoot[]> {
    const { engine, mounts } = visit;
    const paths = [...(await this.visits.startsThere(visit)), ...(this.visits.goesEverywhere(visit) ? ['/'] : [])];
    return paths.map((path) => ({ path, kind: kindOfRoot(path, mounts, engine.workspacesDir) }));
  }
}

const toEntry = ({
  name,
  kind,
  sizeBytes,
  modifiedAtMs,
  mode,
  owner,
  target,
}: NamedFacts): FileList['items'][number] => ({
  name,
  kind,
  sizeBytes,
  modifiedAt: toIso(modifiedAtMs),
  mode,
  owner,
  ...(target === undefined ? {} : { target }),
});
