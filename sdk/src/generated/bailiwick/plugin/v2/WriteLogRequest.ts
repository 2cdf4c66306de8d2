// Original file: ../proto/bailiwick/plugin/v2/host.proto

// Original file: ../proto/bailiwick/plugin/v2/host.proto

export const _bailiwick_plugin_v2_WriteLogRequest_Level = {
  LEVEL_UNSPECIFIED: 'LEVEL_UNSPECIFIED',
  LEVEL_DEBUG: 'LEVEL_DEBUG',
  LEVEL_INFO: 'LEVEL_INFO',
  LEVEL_WARN: 'LEVEL_WARN',
  LEVEL_ERROR: 'LEVEL_ERROR',
} as const;

export type _bailiwick_plugin_v2_WriteLogRequest_Level =
  'LEVEL_UNSPECIFIED' | 0 | 'LEVEL_DEBUG' | 1 | 'LEVEL_INFO' | 2 | 'LEVEL_WARN' | 3 | 'LEVEL_ERROR' | 4;

export type _bailiwick_plugin_v2_WriteLogRequest_Level__Output =
  (typeof _bailiwick_plugin_v2_WriteLogRequest_Level)[keyof typeof _bailiwick_plugin_v2_WriteLogRequest_Level];

export interface WriteLogRequest {
  level?: _bailiwick_plugin_v2_WriteLogRequest_Level;
  message?: string;
}

export interface WriteLogRequest__Output {
  level: _bailiwick_plugin_v2_WriteLogRequest_Level__Output;
  message: string;
}
