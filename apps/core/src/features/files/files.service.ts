import { Injectable } from '@nestjs/common';
import {
  type Capability,
  type ContainerId,
  type FileContent,
  type FileList,
  type ListFiles,
  MOST_FILE_BYTES,
  type ReadFile,
  type WriteFile,
} from '@bailiwick/contract';
import { AccessService } from '../../foundation/access/access.service.js';
import type { Actor } from '../../foundation/access/actor.js';
import { AuditService } from '../../foundation/audit/audit.service.js';
import { toIso } from '../../kernel/clock.js';
import { conflict, invalid, notFound } from '../../kernel/errors.js';
import { ContainersService, type Entry } from '../containers/containers.service.js';
import { ContainerSettingsService } from '../container-settings/container-settings.service.js';
import { isWithin, reachedFolders } from '../containers/shared-folders.rules.js';
import { ContainerFiles } from './container-files.driver.js';
import { type FileFacts, inFolder, isTypable, splitPath, toPath, toText } from './files.rules.js';

const MOST_ITEMS = 1000;

interface Visit extends Entry {
  readonly actor: Actor;
  readonly files: ContainerFiles;
  readonly roots: readonly string[];
  /** Where it may begin, the first that is there. */
  readonly starts: readonly string[];
}
interface Found {
  readonly path: string;
  readonly facts: FileFacts;
}

@Injectable()
export class FilesService {
  constructor(
    private readonly access: AccessService,
    private readonly audit: AuditService,
    private readonly containers: ContainersService,
    private readonly settings: ContainerSettingsService,
  ) {}

  /** What is in a folder; without a path, in the first of the shared ones that is there. */
  async list(actor: Actor, id: ContainerId, { path }: ListFiles): Promise<FileList> {
    const visit = await this.visit(actor, id, 'files.list');
    const folder = path === undefined ? await this.firstRoot(visit) : await this.get(visit, toPath(path), 'folder');
    const { names, truncated } = await visit.files.names(folder.path);
    const shown = names.filter(isTypable).sort().slice(0, MOST_ITEMS);
    const facts = await visit.files.statAll(shown.map((name) => inFolder(folder.path, name)));
    const items = shown.flatMap((name) => {
      const known = facts.get(inFolder(folder.path, name));
      if (!known) return [];
      const { kind, sizeBytes, modifiedAtMs } = known;
      return [{ name, kind, sizeBytes, modifiedAt: toIso(modifiedAtMs) }];
    });
    return { path: folder.path, roots: [...visit.roots], items, hidden: names.length - items.length, truncated };
  }

  async read(actor: Actor, id: ContainerId, { path }: ReadFile): Promise<FileContent> {
    const visit = await this.visit(actor, id, 'files.read');
    const file = await this.get(visit, toPath(path), 'file');
    const bytes = await visit.files.head(file.path, MOST_FILE_BYTES + 1);
    const truncated = bytes.length > MOST_FILE_BYTES;
    const text = toText(bytes.subarray(0, MOST_FILE_BYTES), { truncated });
    return { path: file.path, text, binary: text === null, sizeBytes: file.facts.sizeBytes, truncated };
  }

  /** Makes the file or replaces what is in it; a link is never written through. */
  async write(actor: Actor, id: ContainerId, { path, text }: WriteFile): Promise<void> {
    const visit = await this.visit(actor, id, 'files.write');
    const content = Buffer.from(text, 'utf8');
    if (content.length > MOST_FILE_BYTES)
      throw invalid([{ path: 'text', code: 'too_big', message: `A file has at most ${MOST_FILE_BYTES} bytes here.` }]);
    const { folder, name } = splitPath(toPath(path));
    if (name === '') throw invalid([{ path: 'path', code: 'invalid_path', message: 'Name a file.' }]);
    this.assertReached(visit, inFolder(folder, name));
    const parent = await this.get(visit, folder, 'folder');
    const place = inFolder(parent.path, name);
    const before = await visit.files.stat(place);
    if (before && before.kind !== 'file')
      throw conflict('file_refused', `There is a ${before.kind} of that name.`, { params: { reason: before.kind } });
    const details = { path: place, bytes: content.length };
    await this.audit.around(actor, 'files.write', visit.target, details, () =>
      visit.files.write(parent.path, name, content, before),
    );
  }

  private async visit(actor: Actor, id: ContainerId, capability: Capability): Promise<Visit> {
    const entry = this.containers.enter(actor, id, capability);
    const shared = await this.containers.sharedFolders(entry.seen);
    const { explorerRoot } = await this.settings.saved(id);
    const roots = reachedFolders(shared, explorerRoot);
    const starts = explorerRoot === null ? shared : [explorerRoot];
    return { ...entry, actor, roots, starts, files: new ContainerFiles(entry.engine, entry.seen.engineId) };
  }

  /** Asked of the path as it is named, and again of where it really leads. */
  private assertReached({ actor, seen, roots }: Visit, path: string): void {
    if (!isWithin(path, roots)) this.access.require(actor, 'files.root', seen);
  }

  private async get(visit: Visit, path: string, kind: 'file' | 'folder'): Promise<Found> {
    const found = await this.find(visit, path);
    if (!found) throw notFound(kind, path);
    if (found.facts.kind !== kind)
      throw conflict('file_refused', `This is no ${kind}.`, { params: { reason: found.facts.kind } });
    return found;
  }

  private async find(visit: Visit, path: string): Promise<Found | undefined> {
    this.assertReached(visit, path);
    const real = await visit.files.realPath(path);
    if (real === undefined) return undefined;
    this.assertReached(visit, real);
    const facts = await visit.files.stat(real);
    return facts && { path: real, facts };
  }

  private async firstRoot(visit: Visit): Promise<Found> {
    for (const start of visit.starts) {
      const found = await this.find(visit, start);
      if (found?.facts.kind === 'folder') return found;
    }
    throw notFound('folder', visit.starts.join(', '));
  }
}
