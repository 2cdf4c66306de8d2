import type { User } from '@bailiwick/contract';

/** Who may get somebody's things: everybody else who is active, those of the same tenant first. */
export function heirsOf(user: User, people: readonly User[]): User[] {
  const able = people.filter(({ id, active }) => active && id !== user.id);
  const near = (other: User) => other.tenant.id === user.tenant.id;
  return [...able.filter(near), ...able.filter((other) => !near(other))];
}
