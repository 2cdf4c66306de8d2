// Original file: ../proto/bailiwick/plugin/v2/host.proto

import type {
  Event as _bailiwick_plugin_v2_Event,
  Event__Output as _bailiwick_plugin_v2_Event__Output,
} from '../../../bailiwick/plugin/v2/Event.js';
import type { Long } from '@grpc/proto-loader';

export interface EventBatch {
  events?: _bailiwick_plugin_v2_Event[];
  leftOut?: number | string | Long;
}

export interface EventBatch__Output {
  events: _bailiwick_plugin_v2_Event__Output[];
  leftOut: number;
}
