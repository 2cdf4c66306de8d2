/** What every SQLite database of ours is opened with: what we acknowledge must survive a power cut. */
export function prepareSqlite(database: { pragma(text: string): unknown }): void {
  database.pragma('synchronous = FULL');
  database.pragma('busy_timeout = 5000');
  database.pragma('foreign_keys = ON');
}
