// Original file: ../proto/bailiwick/plugin/v2/plugin.proto

import type {
  HookMoment as _bailiwick_plugin_v2_HookMoment,
  HookMoment__Output as _bailiwick_plugin_v2_HookMoment__Output,
} from '../../../bailiwick/plugin/v2/HookMoment.js';

export interface DeployHookRequest {
  moment?: _bailiwick_plugin_v2_HookMoment;
  tenant?: string;
  containerName?: string;
  image?: string;
  preset?: string;
  environment?: string;
  askedBy?: string;
  labels?: { [key: string]: string };
  outcome?: string;
  operationId?: string;
}

export interface DeployHookRequest__Output {
  moment: _bailiwick_plugin_v2_HookMoment__Output;
  tenant: string;
  containerName: string;
  image: string;
  preset: string;
  environment: string;
  askedBy: string;
  labels: { [key: string]: string };
  outcome: string;
  operationId: string;
}
