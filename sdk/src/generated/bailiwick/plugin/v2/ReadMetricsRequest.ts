// Original file: ../proto/bailiwick/plugin/v2/plugin.proto

export interface ReadMetricsRequest {}

export interface ReadMetricsRequest__Output {}
