import type { AccessRequest, Capability } from '@bailiwick/contract';

export const REQUEST_TABS = ['answer', 'mine'] as const;
export type RequestTab = (typeof REQUEST_TABS)[number];

export const readTab = (text: string | string[] | undefined): RequestTab =>
  REQUEST_TABS.find((tab) => tab === text) ?? 'answer';

export const tabAddress = (tab: RequestTab): string =>
  tab === 'answer' ? '/access/requests' : `/access/requests?tab=${tab}`;
export const requestAddress = (id: string): string => `/access/requests/${id}`;

type Asked = Pick<AccessRequest, 'state' | 'rights' | 'user'>;

/** Whether it waits for this reader; nobody answers themselves. */
export const isToAnswer = ({ state, rights, user }: Asked, me: string): boolean =>
  state === 'pending' && user.id !== me && rights.can.includes('containers.manageAccess');

/** One's own, or those of others; what waits comes first, then the newest. */
export function requestsIn(tab: RequestTab, requests: readonly AccessRequest[], me: string): AccessRequest[] {
  const waits = ({ state }: AccessRequest) => Number(state === 'pending');
  return requests
    .filter(({ user }) => (user.id === me) === (tab === 'mine'))
    .toSorted((one, other) => waits(other) - waits(one) || (one.createdAt < other.createdAt ? 1 : -1));
}

/** The reader's own request that waits and names this. */
export const findPending = (
  requests: readonly AccessRequest[],
  { me, target, capability }: { me: string; target: string; capability: Capability },
): AccessRequest | undefined =>
  requests.find(
    (request) =>
      request.state === 'pending' &&
      request.user.id === me &&
      request.target.id === target &&
      request.capabilities.includes(capability),
  );

/** What an answer by somebody's last look may still be said about: gone where it is neither followed nor was found. */
export const latestOf = (followed: readonly AccessRequest[], read: AccessRequest): AccessRequest =>
  followed.find(({ id }) => id === read.id) ?? read;
