import type { CheckName } from "../contract/findings/index.ts";

/**
 * Further checks that rightly fail with a fault, because the fault breaks what they check as well. For example, a list that ignores the
 * page size returns pages of the wrong size, and contradicts the numbers in `meta`.
 */
const consequences: Readonly<Record<string, readonly CheckName[]>> = {
  "create-renames-another": ["read_as_listed", "update_keeps_the_rest"],
  "update-renames-another": ["read_as_listed", "update_keeps_the_rest"],
  "update-enables-another": ["update_keeps_the_rest"],
  "create-plus-as-space": ["created_as_sent"],
  "create-percent-decoded": ["created_as_sent"],
  "create-cut-at-ampersand": ["created_as_sent"],
  "create-entities-decoded": ["created_as_sent"],
  "create-zeros-lost": ["created_as_sent"],
  "read-name-encoded-twice": ["read_as_listed", "update_applies"],
  "errors-with-200": ["unknown_resource", "negative_data_rejection", "use_after_free", "account_isolation"],
  "unauthorized-as-404": ["status_code_conformance"],
  "read-missing-as-null": ["account_isolation", "use_after_free"],
  "read-missing-as-empty-list": ["account_isolation", "use_after_free"],
  "update-missing-as-200": ["account_isolation"],
  "delete-missing-as-200": ["account_isolation"],
  "read-type-upper-case": ["read_as_listed", "update_applies"],
  "read-type-unknown": ["read_as_listed", "update_applies"],
  "read-settings-as-pairs": ["read_as_listed"],
  "read-settings-renamed-fields": ["read_as_listed", "update_applies", "update_keeps_the_rest"],
  "read-settings-extra-field": ["change_of_type"],
  "read-settings-masked": ["read_as_listed", "update_applies"],
  "read-other-id": ["read_as_listed"],
  "create-id-zero": ["ensure_resource_availability", "response_schema_conformance"],
  "create-other-id": ["ensure_resource_availability"],
  "list-name-encoded-twice": ["order_conformance"],
  "list-name-shortened": ["search_conformance", "filters_together"],
  "list-enabled-always": ["others_left_alone", "filter_conformance", "filters_together"],
  "read-enabled-always": ["read_as_listed"],
  "meta-total-off-by-one": ["page_walk"],
  "meta-total-pages-off-by-one": ["page_links"],
  "meta-page-from-zero": ["page_links", "response_schema_conformance"],
  "meta-page-always-first": ["meta_arithmetic", "page_links"],
  "meta-page-size-of-page": ["pagination_defaults", "meta_arithmetic"],
  "meta-page-size-as-default": ["meta_arithmetic"],
  "links-next-stuck": ["page_number"],
  "links-next-never": ["page_walk"],
  "links-next-skips": ["page_number"],
  "page-ignored": ["meta_arithmetic", "page_past_the_end"],
  "page-from-zero": ["page_walk"],
  "page-size-ignored": ["meta_arithmetic", "page_walk"],
  "page-one-too-many": ["meta_arithmetic", "page_walk"],
  "pages-overlap": ["meta_arithmetic"],
  "pages-skip": ["meta_arithmetic"],
  "past-the-end-repeats": ["meta_arithmetic"],
  "list-repeats-first": ["page_size", "meta_arithmetic"],
  "search-ignored": ["filters_together"],
  "search-prefix-only": ["filters_together"],
  "search-whole-name-only": ["filters_together"],
  "search-inverted": ["filters_together"],
  "enabled-filter-inverted": ["filters_together"],
  "type-filter-ignored": ["filters_together"],
  "type-filter-inverted": ["filters_together"],
  "create-other-type": ["update_applies"],
  "create-name-lost": ["text_round_trip"],
  "update-not-stored": ["change_of_type", "change_time"],
  "update-creates": ["reference_is_own", "update_applies", "change_of_type", "change_time"],
  "update-empties-settings": ["read_as_listed"],
  "update-keeps-type": ["change_of_type"],
  "update-changes-creation": ["read_as_listed"],
  "delete-does-nothing": ["use_after_free"],
  "delete-disables": ["use_after_free"],
};

/** The further checks that rightly fail with a fault. */
export function consequencesOf(fault: string): readonly CheckName[] {
  return consequences[fault] ?? [];
}

/** All faults in the table. */
export function faultsWithConsequences(): string[] {
  return Object.keys(consequences);
}
