from entente.reports.language import identify_language


def test_a_short_english_line_is_not_taken_for_a_language_that_shares_its_words() -> None:
    assert identify_language("Insurgents kidnapped 20 in Nigeria.") == "en"
    assert identify_language("Pipo dey run comot from di kontri, goment don talk say dem go help.") == "pcm"


def test_a_text_in_another_language_or_without_letters_is_called_so() -> None:
    assert identify_language("Der Minister empfing am Montag den Botschafter zu einem langen Gespräch.") == "de"
    assert identify_language("12 : 30") == "und"
