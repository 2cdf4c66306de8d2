import { applyDecorators, HttpCode } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type * as z from 'zod';

/** The reply of a route: its status and its shape in the API description. */
export const Returns = (schema: z.ZodType, status = 200): MethodDecorator =>
  applyDecorators(HttpCode(status), ApiResponse({ status, standardSchema: schema }));

/** 204. */
export const ReturnsNothing = (): MethodDecorator =>
  applyDecorators(HttpCode(204), ApiResponse({ status: 204, description: 'Done; nothing to say.' }));
