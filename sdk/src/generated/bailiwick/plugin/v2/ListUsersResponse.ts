// Original file: ../proto/bailiwick/plugin/v2/host.proto

import type {
  User as _bailiwick_plugin_v2_User,
  User__Output as _bailiwick_plugin_v2_User__Output,
} from '../../../bailiwick/plugin/v2/User.js';

export interface ListUsersResponse {
  users?: _bailiwick_plugin_v2_User[];
  nextCursor?: string;
}

export interface ListUsersResponse__Output {
  users: _bailiwick_plugin_v2_User__Output[];
  nextCursor: string;
}
