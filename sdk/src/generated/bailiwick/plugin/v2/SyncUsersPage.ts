// Original file: ../proto/bailiwick/plugin/v2/plugin.proto

import type {
  SyncedUser as _bailiwick_plugin_v2_SyncedUser,
  SyncedUser__Output as _bailiwick_plugin_v2_SyncedUser__Output,
} from '../../../bailiwick/plugin/v2/SyncedUser.js';

export interface SyncUsersPage {
  users?: _bailiwick_plugin_v2_SyncedUser[];
  cursor?: string;
  message?: string;
  total?: number;
  _total?: 'total';
}

export interface SyncUsersPage__Output {
  users: _bailiwick_plugin_v2_SyncedUser__Output[];
  cursor: string;
  message: string;
  total?: number;
  _total?: 'total';
}
