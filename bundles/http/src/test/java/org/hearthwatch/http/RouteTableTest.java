package org.hearthwatch.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.api.web.Routes;
import org.junit.jupiter.api.Test;

class RouteTableTest {

    private final RouteTable table = new RouteTable();

    @Test
    void a_literal_wins_over_a_placeholder_and_a_placeholder_over_a_rest() throws Exception {
        serve(get("/{rest...}"), get("/things/{name}"), get("/things/all"));

        assertThat(found("/things/all").route().path()).isEqualTo("/things/all");
        assertThat(found("/things/one").route().path()).isEqualTo("/things/{name}");
        assertThat(found("/things/one/more").route().path()).isEqualTo("/{rest...}");
    }

    @Test
    void placeholders_hold_what_stood_there_decoded() throws Exception {
        serve(get("/a/{first}/b/{second}"), get("/files/{path...}"));

        assertThat(found("/a/x%20y/b/%C3%A9").parameters())
                .containsEntry("first", "x y")
                .containsEntry("second", "é");
        assertThat(found("/files/css/main.css").parameters()).containsEntry("path", "css/main.css");
        assertThat(found("/files/").parameters()).containsEntry("path", "");
    }

    @Test
    void the_rest_at_the_root_takes_the_root() throws Exception {
        serve(get("/{rest...}"));

        assertThat(found("/").parameters()).containsEntry("rest", "");
    }

    @Test
    void goes_back_to_a_placeholder_when_the_literal_leads_nowhere() throws Exception {
        serve(get("/a/b/c"), get("/a/{x}/d"));

        assertThat(found("/a/b/d").parameters()).containsEntry("x", "b");
    }

    @Test
    void a_placeholder_does_not_take_an_empty_segment() throws Exception {
        serve(get("/a/{x}"));

        assertThat(table.match(Route.Method.GET, RequestPath.segments("/a/"))).isInstanceOf(RouteTable.Nothing.class);
    }

    @Test
    void the_most_specific_path_decides_even_if_it_does_not_take_the_method() throws Exception {
        serve(get("/{rest...}"), Route.post("/do", Guard.open(), exchange -> {}));

        assertThat(table.match(Route.Method.GET, RequestPath.segments("/do")))
                .isEqualTo(new RouteTable.WrongMethod(java.util.EnumSet.of(Route.Method.POST), false));
    }

    @Test
    void the_words_of_a_pattern_are_nothing_special_in_a_request() throws Exception {
        serve(get("/hosts/{id}/key"));

        assertThat(found("/hosts/:id/key").parameters()).containsEntry("id", ":id");
        assertThat(found("/hosts/%7Bid%7D/key").parameters()).containsEntry("id", "{id}");
        assertThat(found("/hosts/*/key").parameters()).containsEntry("id", "*");
    }

    @Test
    void a_route_that_another_service_has_is_refused_whatever_its_placeholders_are_called() {
        Route first = get("/a/{x}");
        Route second = get("/a/{y}");
        Routes owner = () -> List.of(first);

        assertThat(table.add(owner, List.of(first))).isEmpty();
        assertThat(table.add(() -> List.of(second), List.of(second, get("/b")))).containsExactly(second);
        assertThat(table.routes()).extracting(Route::path).containsExactly("/a/{x}", "/b");
    }

    @Test
    void routes_go_with_their_service() throws Exception {
        Route route = get("/a");
        Routes owner = () -> List.of(route);
        table.add(owner, List.of(route));

        table.remove(owner);

        assertThat(table.match(Route.Method.GET, RequestPath.segments("/a"))).isInstanceOf(RouteTable.Nothing.class);
    }

    private void serve(Route... routes) {
        assertThat(table.add(() -> List.of(routes), List.of(routes))).isEmpty();
    }

    private RouteTable.Found found(String path) throws Exception {
        RouteTable.Match match = table.match(Route.Method.GET, RequestPath.segments(path));
        assertThat(match).isInstanceOf(RouteTable.Found.class);
        return (RouteTable.Found) match;
    }

    private static Route get(String path) {
        return Route.get(path, Guard.open(), exchange -> {});
    }
}
