// @vitest-environment happy-dom
import { mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import { focusFirstError } from './focus-first-error';
import TextField from './TextField.vue';

describe('a text field', () => {
  it('is named by its label', () => {
    const field = mount(TextField, { props: { modelValue: '', label: 'Version' } });
    expect(field.get('label').attributes('for')).toBe(field.get('input').attributes('id'));
  });

  it('announces its error and points to it', () => {
    const field = mount(TextField, { props: { modelValue: '', label: 'Version', error: 'Enter a version.', hint: 'For example 1.0.' } });
    const input = field.get('input');
    const ids = input.attributes('aria-describedby')?.split(' ') ?? [];
    expect(input.attributes('aria-invalid')).toBe('true');
    expect(ids.map((id) => field.get(`[id="${id}"]`).text())).toEqual(['Enter a version.', 'For example 1.0.']);
    expect(field.get('[role="alert"]').text()).toBe('Enter a version.');
  });

  it('gets the focus when it is the first that is wrong', async () => {
    const field = mount(TextField, { props: { modelValue: '', label: 'Version', error: 'Enter a version.' }, attachTo: document.body });
    await focusFirstError(document.body);
    expect(document.activeElement).toBe(field.get('input').element);
    field.unmount();
  });
});
