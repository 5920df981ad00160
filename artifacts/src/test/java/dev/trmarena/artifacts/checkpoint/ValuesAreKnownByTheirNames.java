package dev.trmarena.artifacts.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.lang.reflect.RecordComponent;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A record of 24 values is made by their names: none may arrive, or be copied, under that of another. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ValuesAreKnownByTheirNames {
    @Test
    void each_arrives_under_its_own() throws ReflectiveOperationException {
        HyperParameters made = allDifferent().made();
        HyperParameters copied = made.withCycles(1000, 2000).withIdentifierOffset(3000);
        HyperParameters.Draft expected = allDifferent();
        for (RecordComponent component : HyperParameters.class.getRecordComponents()) {
            String name = component.getName();
            Object value = HyperParameters.Draft.class.getField(name).get(expected);
            assertThat(component.getAccessor().invoke(made)).as(name).isEqualTo(value);
            Object changed =
                    switch (name) {
                        case "hCycles" -> 1000;
                        case "lCycles" -> 2000;
                        case "identifierOffset" -> 3000;
                        default -> value;
                    };
            assertThat(component.getAccessor().invoke(copied)).as(name).isEqualTo(changed);
        }
    }

    /** Two of the same type have two values; of the flags, which have but two between them, one is set. */
    private static HyperParameters.Draft allDifferent() throws ReflectiveOperationException {
        var draft = new HyperParameters.Draft();
        int number = 1;
        for (RecordComponent component : HyperParameters.class.getRecordComponents()) {
            HyperParameters.Draft.class.getField(component.getName()).set(draft, value(component, number));
            number++;
        }
        return draft;
    }

    private static Object value(RecordComponent component, int number) {
        Class<?> type = component.getType();
        if (type == int.class) {
            return number;
        }
        if (type == double.class) {
            return number + 0.5;
        }
        if (type == boolean.class) {
            return component.getName().equals("mlpT");
        }
        return type == String.class ? component.getName() : Convolution.BOARD;
    }

    @Test
    void what_has_no_meaning_when_it_is_not_set_is_asked_for() {
        var draft = new HyperParameters.Draft();
        assertThatNullPointerException().isThrownBy(draft::made).withMessage("posEncodings");
        draft.posEncodings = "none";
        assertThatNullPointerException().isThrownBy(draft::made).withMessage("forwardDtype");
    }
}
