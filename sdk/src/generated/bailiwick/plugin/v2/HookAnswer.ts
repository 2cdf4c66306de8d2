// Original file: ../proto/bailiwick/plugin/v2/plugin.proto

export interface HookAnswer {
  isRefused?: boolean;
  reason?: string;
  field?: string;
}

export interface HookAnswer__Output {
  isRefused: boolean;
  reason: string;
  field: string;
}
