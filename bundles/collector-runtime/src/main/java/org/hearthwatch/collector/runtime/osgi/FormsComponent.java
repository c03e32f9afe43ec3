package org.hearthwatch.collector.runtime.osgi;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.hearthwatch.api.config.SettingsForms;
import org.hearthwatch.collector.runtime.form.FormFiles;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Offers the forms of the installed bundles. */
@Component
public final class FormsComponent implements SettingsForms {

    private final FormFiles files;

    @Activate
    public FormsComponent(BundleContext context) {
        files = new FormFiles(
                Path.of(String.valueOf(context.getProperty(DoctorComponent.HOME)), "etc"),
                () -> List.copyOf(Configurations.schemas(context)));
    }

    @Override
    public List<Form> forms() {
        return files.forms();
    }

    @Override
    public List<Entry> entries(String pid) throws IOException {
        return files.entries(pid);
    }

    @Override
    public void write(Entry entry) throws IOException {
        files.write(entry);
    }

    @Override
    public boolean delete(String pid, String name) throws IOException {
        return files.delete(pid, name);
    }
}
