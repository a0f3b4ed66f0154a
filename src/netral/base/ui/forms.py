"""Forms render the same everywhere: label, help, field, and the problem beside the field."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    form_template_name = "base/forms/form.html"
    field_template_name = "base/forms/field.html"
