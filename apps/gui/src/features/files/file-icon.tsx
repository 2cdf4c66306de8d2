import { FileCog, FileSymlink, FileText, Folder, type LucideIcon } from 'lucide-react';
import type { FileEntry } from '@bailiwick/contract';
import { cn } from '../../ui/class-names.ts';

const ICONS: Record<FileEntry['kind'], LucideIcon> = {
  file: FileText,
  folder: Folder,
  link: FileSymlink,
  other: FileCog,
};

export function FileIcon({ kind, className }: { kind: FileEntry['kind']; className?: string }) {
  const Icon = ICONS[kind];
  return (
    <Icon
      aria-hidden
      className={cn('size-4 shrink-0', kind === 'folder' ? 'text-accent-text' : 'text-fg-3', className)}
    />
  );
}
