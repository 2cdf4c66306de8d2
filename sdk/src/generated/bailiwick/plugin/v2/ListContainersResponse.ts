// Original file: ../proto/bailiwick/plugin/v2/host.proto

import type {
  Container as _bailiwick_plugin_v2_Container,
  Container__Output as _bailiwick_plugin_v2_Container__Output,
} from '../../../bailiwick/plugin/v2/Container.js';

export interface ListContainersResponse {
  containers?: _bailiwick_plugin_v2_Container[];
  nextCursor?: string;
}

export interface ListContainersResponse__Output {
  containers: _bailiwick_plugin_v2_Container__Output[];
  nextCursor: string;
}
