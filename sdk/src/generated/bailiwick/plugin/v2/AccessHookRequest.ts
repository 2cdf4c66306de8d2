// Original file: ../proto/bailiwick/plugin/v2/plugin.proto

import type {
  HookMoment as _bailiwick_plugin_v2_HookMoment,
  HookMoment__Output as _bailiwick_plugin_v2_HookMoment__Output,
} from '../../../bailiwick/plugin/v2/HookMoment.js';
import type { Long } from '@grpc/proto-loader';

export interface AccessHookRequest {
  moment?: _bailiwick_plugin_v2_HookMoment;
  tenant?: string;
  from?: string;
  to?: string;
  role?: string;
  target?: string;
  untilMs?: number | string | Long;
}

export interface AccessHookRequest__Output {
  moment: _bailiwick_plugin_v2_HookMoment__Output;
  tenant: string;
  from: string;
  to: string;
  role: string;
  target: string;
  untilMs: number;
}
