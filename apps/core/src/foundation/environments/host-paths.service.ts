import path from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import type { HostBind } from '@bailiwick/contract';
import type { Config } from '../../config.js';
import { conflict } from '../../kernel/errors.js';
import { CONFIG } from '../../kernel/tokens.js';
import { findHostPathMistake, type HostPathMistake } from './host-path.rules.js';
import { toEngineAddress } from './engine-address.js';
import { realPathOf } from './real-path.driver.js';

/** Which folders of the host may be put into a container: never those that run it, the engine or this panel. */
@Injectable()
export class HostPathsService {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** Also by where it leads, where that can be seen: the panel may be on the same host. */
  async findMistake(source: string): Promise<HostPathMistake | undefined> {
    const own = await this.own();
    const mistake = findHostPathMistake(source, own);
    if (mistake) return mistake;
    const real = await realPathOf(source);
    return real === undefined || findHostPathMistake(real, own) === undefined ? undefined : 'protected';
  }

  /** Looked at again before each is mounted: what a link leads to may have changed since it was asked for. */
  async assertMountable(binds: readonly HostBind[]): Promise<void> {
    for (const { source } of binds)
      if (await this.findMistake(source))
        throw conflict('host_path_refused', `${source} is not handed out.`, {
          params: { path: source, reason: 'protected' },
        });
  }

  private async own(): Promise<string[]> {
    const { storageDir, presetsDir, rootDir, workspacesHostDir, engineAddresses } = this.config;
    const sockets = engineAddresses.flatMap((text) => {
      const address = toEngineAddress(text);
      return address.kind === 'socket' ? address.path : [];
    });
    const folders = [storageDir, presetsDir, rootDir, path.dirname(workspacesHostDir), ...sockets];
    const real = await Promise.all([...folders, '/var/lib/docker'].map(realPathOf));
    return [...folders, ...real.filter((each) => each !== undefined)];
  }
}
