// Original file: ../proto/bailiwick/plugin/v2/plugin.proto

export interface DescribeRequest {}

export interface DescribeRequest__Output {}
