import type { PresetImport } from '@bailiwick/contract';

const KEY = 'bw_preset_import';

/** What was read from elsewhere, on its way into the editor; it lives as long as the tab. */
export function keepImported(imported: PresetImport): void {
  sessionStorage.setItem(KEY, JSON.stringify(imported));
}

export const findImported = (): string | null => sessionStorage.getItem(KEY);

export function dropImported(): void {
  sessionStorage.removeItem(KEY);
}
