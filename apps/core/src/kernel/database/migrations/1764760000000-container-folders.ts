import type { MigrationInterface, QueryRunner } from 'typeorm';

interface Saved {
  readonly containerId: string;
  readonly settings: string;
}
const FOLDERS = ['explorerRoot', 'consoleDirectory'] as const;

/** Where people begin in a container's files and commands; nobody has decided it for those there are. */
export class ContainerFolders1764760000000 implements MigrationInterface {
  readonly name = 'ContainerFolders1764760000000';

  async up(runner: QueryRunner): Promise<void> {
    await rewrite(runner, (settings) => ({
      ...settings,
      ...Object.fromEntries(FOLDERS.map((field) => [field, null])),
    }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await rewrite(runner, (settings) =>
      Object.fromEntries(Object.entries(settings).filter(([field]) => !FOLDERS.some((each) => each === field))),
    );
  }
}

async function rewrite(runner: QueryRunner, change: (settings: object) => object): Promise<void> {
  const rows = await runner.manager.createQueryBuilder().select(['"containerId"', '"settings"']).from('container_settings', 'saved').getRawMany<Saved>(); // prettier-ignore
  for (const { containerId, settings } of rows) {
    const before: unknown = JSON.parse(settings);
    if (typeof before !== 'object' || before === null) continue;
    const after = JSON.stringify(change(before));
    await runner.manager.createQueryBuilder().update('container_settings').set({ settings: after }).where({ containerId }).execute(); // prettier-ignore
  }
}
