package bot

// commandTable returns all commands in the order of the menu. Menu, help,
// permissions and suggestions all come from it.
func commandTable() []command {
	return []command{
		{"start", anyone, nowhere, "", (*Bot).start},

		{"ask", anyone, everywhere, phrase("menu_ask"), (*Bot).askCommand},
		{"q", anyone, inGroups, phrase("menu_q"), (*Bot).askPrivately},
		{"sections", anyone, everywhere, phrase("menu_sections"), (*Bot).sections},
		{"find", anyone, everywhere, phrase("menu_find"), (*Bot).find},
		{"summary", anyone, everywhere, phrase("menu_summary"), (*Bot).summary},
		{"verify", anyone, everywhere, phrase("menu_verify"), (*Bot).verifyCommand},
		{"sources", anyone, everywhere, phrase("menu_sources"), (*Bot).sources},
		{"note", anyone, everywhere, phrase("menu_note"), (*Bot).note},
		{"report", anyone, everywhere, phrase("menu_report"), (*Bot).report},
		{"stop", anyone, everywhere, phrase("menu_stop"), (*Bot).stop},
		{"reset", anyone, inPrivate, phrase("menu_reset"), (*Bot).reset},
		{"settings", chatAdmins, everywhere, phrase("menu_settings"), (*Bot).settings},
		{"privacy", anyone, everywhere, phrase("menu_privacy"), (*Bot).showPrivacy},
		{"forget", anyone, inPrivate, phrase("menu_forget"), (*Bot).forget},
		{"id", anyone, inPrivate, phrase("menu_id"), (*Bot).tellIDs},
		{"help", anyone, everywhere, phrase("menu_help"), (*Bot).help},

		{"status", admins, inPrivate, phrase("menu_status"), (*Bot).status},
		{"versions", admins, inPrivate, phrase("menu_versions"), (*Bot).versions},
		{"rollback", admins, inPrivate, phrase("menu_rollback"), (*Bot).rollback},
		{"diff", admins, inPrivate, phrase("menu_diff"), (*Bot).diff},
		{"check", admins, inPrivate, phrase("menu_check"), (*Bot).check},
		{"reload", admins, inPrivate, phrase("menu_reload"), (*Bot).reload},
		{"unanswered", admins, inPrivate, phrase("menu_unanswered"), (*Bot).unanswered},
		{"feedback", admins, inPrivate, phrase("menu_feedback"), (*Bot).feedback},
		{"audit", admins, inPrivate, phrase("menu_audit"), (*Bot).audit},
	}
}
