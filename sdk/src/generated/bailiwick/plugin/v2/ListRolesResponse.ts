// Original file: ../proto/bailiwick/plugin/v2/host.proto

import type {
  Role as _bailiwick_plugin_v2_Role,
  Role__Output as _bailiwick_plugin_v2_Role__Output,
} from '../../../bailiwick/plugin/v2/Role.js';

export interface ListRolesResponse {
  roles?: _bailiwick_plugin_v2_Role[];
}

export interface ListRolesResponse__Output {
  roles: _bailiwick_plugin_v2_Role__Output[];
}
