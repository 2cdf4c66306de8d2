import type { MigrationInterface, QueryRunner } from 'typeorm';

interface Saved {
  readonly containerId: string;
  readonly settings: string;
}

/** What was saved as a project's protocol named a way over the network, and not how it is started. */
export class ProjectProtocols1764740000000 implements MigrationInterface {
  readonly name = 'ProjectProtocols1764740000000';

  async up(runner: QueryRunner): Promise<void> {
    const rows = await runner.manager.createQueryBuilder().select(['"containerId"', '"settings"']).from('container_settings', 'saved').getRawMany<Saved>(); // prettier-ignore
    for (const { containerId, settings } of rows) {
      const before: unknown = JSON.parse(settings);
      if (typeof before !== 'object') continue;
      const after = JSON.stringify({ ...before, projectProtocol: null });
      await runner.manager.createQueryBuilder().update('container_settings').set({ settings: after }).where({ containerId }).execute(); // prettier-ignore
    }
  }

  /** What was there meant nothing, so there is nothing to bring back. */
  async down(): Promise<void> {
    return Promise.resolve();
  }
}
