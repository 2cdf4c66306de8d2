import { InvalidInput, type JsonObject, type SyncedUser, Unavailable } from '@bailiwick/plugin';
import { Client, type Entry } from 'ldapts';

const TIMEOUT_MS = 5000;
const PAGE = 500;
const USERNAME = /^[a-z0-9._-]{3,32}$/;
/** Of Active Directory's userAccountControl. */
const DISABLED = 2;

export interface DirectorySettings {
  url: string;
  starttls: boolean;
  bindDn: string;
  password: string;
  baseDn: string;
  filter: string;
  username: string;
  tenant: string;
  /** By the DN of a group. */
  roleTags: [string, string][];
}

export function settingsOf(settings: JsonObject): DirectorySettings {
  const text = (name: string, otherwise = '') => {
    const value = settings[name];
    return typeof value === 'string' && value !== '' ? value : otherwise;
  };
  const url = text('url');
  if (!/^ldaps?:\/\/[^\s]+$/.test(url)) throw new InvalidInput('The address begins with ldap:// or ldaps://.');
  const tags = settings['role_tags'] ?? {};
  const pairs = typeof tags === 'object' ? Object.entries(tags) : [];
  return {
    url,
    starttls: settings['starttls'] === true,
    bindDn: text('bind_dn'),
    password: text('password'),
    baseDn: text('base_dn'),
    filter: text('filter', '(objectClass=person)'),
    username: text('username', 'uid'),
    tenant: text('tenant', 'default'),
    roleTags: pairs.flatMap(([dn, tag]): [string, string][] => (typeof tag === 'string' ? [[dn, tag]] : [])),
  };
}

/** Everybody of a directory, in its order; what cannot be a name here is counted and left out. */
export class Directory {
  leftOut = 0;

  constructor(private readonly settings: DirectorySettings) {}

  async *people(): AsyncGenerator<SyncedUser> {
    this.leftOut = 0;
    const { baseDn, filter, username, roleTags } = this.settings;
    const attributes = [username, 'cn', 'displayName', 'mail', 'userAccountControl'];
    const client = await this.open();
    try {
      const tags = await this.tagsOf(client, roleTags);
      const options = { scope: 'sub' as const, filter, attributes, paged: { pageSize: PAGE } };
      for await (const { searchEntries } of client.searchPaginated(baseDn, options))
        for (const entry of searchEntries) {
          const user = this.userOf(entry, tags);
          if (user) yield user;
          else this.leftOut += 1;
        }
    } catch (error) {
      throw this.trouble(error);
    } finally {
      await client.unbind();
    }
  }

  /** Whether it lets us in; throws where it does not. */
  async greet(): Promise<void> {
    const client = await this.open();
    await client.unbind();
  }

  private async open(): Promise<Client> {
    const { url, starttls, bindDn, password } = this.settings;
    const client = new Client({ url, timeout: TIMEOUT_MS, connectTimeout: TIMEOUT_MS });
    try {
      if (starttls) await client.startTLS();
      if (bindDn !== '') await client.bind(bindDn, password);
      return client;
    } catch (error) {
      await client.unbind().catch(() => undefined);
      throw this.trouble(error);
    }
  }

  /** Who is in which group, by DN in small letters. */
  private async tagsOf(client: Client, roleTags: [string, string][]): Promise<Map<string, string>> {
    const tags = new Map<string, string>();
    for (const [group, tag] of roleTags) {
      const { searchEntries } = await client.search(group, { scope: 'base', attributes: ['member', 'uniqueMember'] });
      for (const member of searchEntries.flatMap((entry) => [
        ...textsOf(entry, 'member'),
        ...textsOf(entry, 'uniqueMember'),
      ])) {
        const dn = member.toLowerCase();
        if (!tags.has(dn)) tags.set(dn, tag);
      }
    }
    return tags;
  }

  private userOf(entry: Entry, tags: Map<string, string>): SyncedUser | undefined {
    const username = textsOf(entry, this.settings.username)[0]?.toLowerCase() ?? '';
    if (!USERNAME.test(username)) return undefined;
    const displayName = textsOf(entry, 'displayName')[0] ?? textsOf(entry, 'cn')[0];
    const [email] = textsOf(entry, 'mail');
    const [control] = textsOf(entry, 'userAccountControl');
    const roleTag = tags.get(entry.dn.toLowerCase());
    return {
      username,
      tenant: this.settings.tenant,
      ...(displayName === undefined ? {} : { displayName }),
      ...(email === undefined ? {} : { email }),
      ...(roleTag === undefined ? {} : { roleTag }),
      ...(control === undefined ? {} : { isActive: (Number(control) & DISABLED) === 0 }),
    };
  }

  private trouble(error: unknown): Unavailable {
    if (error instanceof Unavailable) return error;
    const { message, name } = error as Error;
    return new Unavailable(`${this.settings.url}: ${message || name}`);
  }
}

function textsOf(entry: Entry, attribute: string): string[] {
  const name = Object.keys(entry).find((key) => key.toLowerCase() === attribute.toLowerCase());
  const value = name === undefined ? [] : entry[name];
  return (Array.isArray(value) ? value : [value ?? '']).map(String).filter((text) => text !== '');
}
