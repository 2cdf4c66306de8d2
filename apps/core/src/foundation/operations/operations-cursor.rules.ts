interface Position {
  readonly createdAt: number;
  readonly id: string;
}

/** Where the next page begins; opaque to clients. */
export const toCursor = ({ createdAt, id }: Position): string =>
  Buffer.from(`${createdAt}.${id}`).toString('base64url');

export function toPosition(cursor: string): Position | undefined {
  const match = /^(\d{1,16})\.(op_[a-z2-7]{16})$/.exec(Buffer.from(cursor, 'base64url').toString());
  return match?.[1] && match[2] ? { createdAt: Number(match[1]), id: match[2] } : undefined;
}
