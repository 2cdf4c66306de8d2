// Original file: ../proto/bailiwick/plugin/v2/plugin.proto

export interface Metric {
  name?: string;
  help?: string;
  isCounter?: boolean;
  value?: number | string;
  labels?: { [key: string]: string };
}

export interface Metric__Output {
  name: string;
  help: string;
  isCounter: boolean;
  value: number;
  labels: { [key: string]: string };
}
